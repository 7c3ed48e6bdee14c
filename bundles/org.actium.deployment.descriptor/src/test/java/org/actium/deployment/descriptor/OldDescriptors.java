package org.actium.deployment.descriptor;

import java.util.List;

/** Descriptors in the dialects of old, small and with much in them: something to damage where there is no corpus. */
final class OldDescriptors {

    private OldDescriptors() {}

    static List<String> texts() {
        return List.of("""
                <?xml version="1.0" encoding="UTF-8"?>
                <ProActiveDescriptor xmlns="urn:proactive:deployment:3.3">
                  <variables>
                    <descriptorVariable name="HOME" value="/home/ann"/>
                    <programDefaultVariable name="NODES" value="4"/>
                    <javaPropertyDescriptorDefault name="user.name" value="ann"/>
                  </variables>
                  <mainDefinition id="main" class="org.example.Main"><arg value="a"/><mapToVirtualNode value="here"/></mainDefinition>
                  <componentDefinition>
                    <virtualNodesDefinition>
                      <virtualNode name="here" property="unique_singleAO" timeout="1000" waitForTimeout="true"/>
                      <virtualNode name="grid" property="multiple" minNodeNumber="2" technicalServiceId="ts" ftServiceId="ft"/>
                    </virtualNodesDefinition>
                    <virtualNodesAcquisition><virtualNode name="far"/></virtualNodesAcquisition>
                  </componentDefinition>
                  <deployment>
                    <register virtualNode="grid" protocol="rmi"/>
                    <mapping>
                      <map virtualNode="here"><jvmSet><currentJVM protocol="rmi"/></jvmSet></map>
                      <map virtualNode="grid"><jvmSet><vmName value="J1"/><vmName value="J2"/></jvmSet></map>
                    </mapping>
                    <lookup virtualNode="far" host="node7" protocol="rmi" port="1099"/>
                    <jvms>
                      <jvm name="J1" askedNodes="2"><creation><processReference refid="list"/></creation></jvm>
                      <jvm name="J2"><acquisition><serviceReference refid="peers"/></acquisition></jvm>
                    </jvms>
                  </deployment>
                  <fileTransferDefinitions>
                    <fileTransfer id="jars"><file src="a.jar" dest="b.jar"/><dir src="lib" include="*" exclude=""/></fileTransfer>
                  </fileTransferDefinitions>
                  <infrastructure>
                    <processes>
                      <processDefinition id="jvm">
                        <jvmProcess class="org.objectweb.proactive.core.process.JVMNodeProcess" priority="low">
                          <classpath><absolutePath value="${HOME}/x.jar"/><relativePath origin="user.home" value="y"/></classpath>
                          <javaPath><absolutePath value="/usr/bin/java"/></javaPath>
                          <jvmParameters><parameter value="-Xmx1g -Da='b c'"/></jvmParameters>
                        </jvmProcess>
                      </processDefinition>
                      <processDefinition id="more"><jvmProcess><extendedJvm refid="jvm" overwriteParameters="yes"/></jvmProcess></processDefinition>
                      <processDefinition id="list">
                        <processList class="org.objectweb.proactive.core.process.ssh.SSHProcessList" fixedName="node" list="[1-10;2]^[3,5]" padding="2" domain="grid.org" closeStream="yes">
                          <processReference refid="batch"/>
                        </processList>
                      </processDefinition>
                      <processDefinition id="batch">
                        <pbsProcess><processReference refid="more"/><pbsOption><hostsNumber>2</hostsNumber><processorPerNode>2</processorPerNode></pbsOption></pbsProcess>
                      </processDefinition>
                      <processDefinition id="both">
                        <dependentProcessSequence><serviceReference refid="peers"/><processReference refid="mpi"/></dependentProcessSequence>
                      </processDefinition>
                      <processDefinition id="mpi">
                        <mpiProcess mpiFileName="jacobi"><commandPath value="/usr/bin/mpirun"/><mpiOptions><processNumber>${NODES}</processNumber></mpiOptions></mpiProcess>
                      </processDefinition>
                    </processes>
                    <services>
                      <serviceDefinition id="peers"><P2PService nodesAsked="MAX" acq="rmi" TTL="5"><peerSet><peer>rmi://a:1</peer></peerSet></P2PService></serviceDefinition>
                      <serviceDefinition id="ft"><faultTolerance><protocol type="pml"/><ttc value="5"/></faultTolerance></serviceDefinition>
                    </services>
                  </infrastructure>
                  <technicalServices>
                    <technicalServiceDefinition id="ts" class="org.example.Service"><arg name="a" value="${NODES}"/></technicalServiceDefinition>
                  </technicalServices>
                </ProActiveDescriptor>
                """, """
                <GCMApplication xmlns="urn:gcm:application:1.0">
                  <environment><descriptorVariable name="A" value="2"/><programVariable name="B" value="x"/></environment>
                  <application>
                    <proactive base="root" relpath="/opt">
                      <configuration><java base="root" relpath="/usr/bin/java"/><jvmarg value="-Xmx1g"/><debug/></configuration>
                      <technicalServices><class name="a.B"><property name="c" value="d"/></class></technicalServices>
                      <virtualNode id="some" capacity="${A}"><nodeProvider refid="p" capacity="1"/></virtualNode>
                      <virtualNode id="rest"/>
                      <data><inputDefault><location hostname="h" path="/d"/></inputDefault></data>
                    </proactive>
                    <executable instances="onePerVM"><command name="ls"><path base="root" relpath="/bin"/><arg>-l</arg></command></executable>
                  </application>
                  <resources><nodeProvider id="p"><file path="p.xml"/></nodeProvider></resources>
                </GCMApplication>
                """, """
                <GCMDeployment xmlns="urn:gcm:deployment:1.0">
                  <environment><javaPropertyVariable name="user.name"/></environment>
                  <resources>
                    <host refid="h"/>
                    <bridge refid="gate"><group refid="lan"><host refid="h"/></group><group refid="pbs"><host refid="h"/></group></bridge>
                    <hypervisor refid="vm"/>
                  </resources>
                  <acquisition><lookup type="RMI" hostList="a[1-3] b" port="6666"/></acquisition>
                  <infrastructure>
                    <hosts><host id="h" os="unix" hostCapacity="4" vmCapacity="2" username="${user.name}"><homeDirectory base="root" relpath="/h"/><tool id="java" path="/j"/></host></hosts>
                    <groups>
                      <sshGroup id="lan" hostList="n[01-10]^[3,5]" commandOptions="-p 22"><privateKey base="home" relpath=".ssh/id"/></sshGroup>
                      <pbsGroup id="pbs" queue="q"><resources nodes="2" ppn="4" walltime="01:00:00"/><stdout base="home" relpath="o"/></pbsGroup>
                      <oarGroup id="oar" type="deploy"><resources nodes="1" cpu="2" core="2"/></oarGroup>
                    </groups>
                    <bridges><sshBridge id="gate" hostname="g" username="u"/></bridges>
                    <vms><xenserverVMM id="vm"><hypervisor url="http://x"/><image key="i" count="2" os="unix"/></xenserverVMM></vms>
                  </infrastructure>
                </GCMDeployment>
                """, """
                <configFile>
                  <p2pconfig>
                    <host name="a[1-3]"/><host name="b"/>
                    <configForHost>
                      <periods><period><start day="monday" hour="18" minute="0"/><end day="tuesday" hour="8" minute="30"/></period></periods>
                      <register><registry url="a:9301"/></register>
                    </configForHost>
                    <default><periods/></default>
                  </p2pconfig>
                  <p2pconfig><loadconfig path="more.xml"/></p2pconfig>
                </configFile>
                """, """
                <Policy xmlns="urn:proactive:security:1.1">
                  <ApplicationName>app</ApplicationName>
                  <PKCS12KeyStore>keys.p12</PKCS12KeyStore>
                  <Rules>
                    <Rule>
                      <From><Entity type="VN" name="a"/></From><To><Entity type="DefaultVirtualNode" name="*"/></To>
                      <Communication>
                        <Request value="authorized"><Attributes authentication="required" integrity="optional" confidentiality="denied"/></Request>
                        <Reply value="denied"><Attributes authentication="required" integrity="optional" confidentiality="denied"/></Reply>
                      </Communication>
                      <Migration>denied</Migration><OACreation>authorized</OACreation>
                    </Rule>
                  </Rules>
                  <AccessRights><Entity type="user" name="ann"/></AccessRights>
                </Policy>
                """);
    }
}
