package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Processes;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;

/** Which technical services nodes get, in each of the languages of descriptors: conformance rows 108, 155 and 156. */
@RunWith(PaxExam.class)
public class TechnicalServicesIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Inject
    private Deployments deployments;

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @After
    public void nothingIsLeft() {
        List<Long> pids = Processes.children().stream().map(ProcessHandle::pid).toList();
        deployments.deployments().forEach(Deployment::undeploy);
        Processes.awaitNone(pids);
    }

    @Test
    public void eachVirtualNodeHasTheArgumentsOfItsOwnService() {
        Deployment deployment = deploy("services.xml", """
                <ProActiveDescriptor>
                  <componentDefinition><virtualNodesDefinition>
                    <virtualNode name="VN1" technicalServiceId="service1"/>
                    <virtualNode name="VN2" technicalServiceId="service2"/>
                  </virtualNodesDefinition></componentDefinition>
                  <deployment>
                    <mapping>
                      <map virtualNode="VN1"><jvmSet><vmName value="jvm"/></jvmSet></map>
                      <map virtualNode="VN2"><jvmSet><vmName value="jvm"/></jvmSet></map>
                    </mapping>
                    <jvms><jvm name="jvm"><creation><processReference refid="local"/></creation></jvm></jvms>
                  </deployment>
                  <infrastructure>
                    <processes><processDefinition id="local"><jvmProcess/></processDefinition></processes>
                  </infrastructure>
                  <technicalServices>
                    <technicalServiceDefinition id="service1" class="properties">
                      <arg name="arg1" value="aaa"/>
                    </technicalServiceDefinition>
                    <technicalServiceDefinition id="service2" class="properties">
                      <arg name="arg1" value="bbb"/><arg name="arg2" value="ccc"/>
                    </technicalServiceDefinition>
                  </technicalServices>
                </ProActiveDescriptor>
                """);

        Node first = deployment.virtualNode("VN1").node();
        Node second = deployment.virtualNode("VN2").node();

        assertThat(first.property("arg1")).contains("aaa");
        assertThat(first.property("arg2")).isEmpty();
        assertThat(second.property("arg1")).contains("bbb");
        assertThat(second.property("arg2")).contains("ccc");
    }

    @Test
    public void aServiceOfTheApplicationReachesAllNodes() throws IOException {
        Deployment deployment = deploy("application.xml", application("""
                <technicalServices>
                  <class name="properties"><property name="arg1" value="aaa"/></class>
                </technicalServices>
                <virtualNode id="nodes"/>
                """));

        assertThat(deployment.virtualNode("nodes").waitReady()).hasSize(2).allSatisfy(node -> {
            assertThat(node.property("arg1")).contains("aaa");
            assertThat(node.property("arg2")).isEmpty();
        });
    }

    @Test
    public void theInnermostLevelCounts() throws IOException {
        Deployment deployment = deploy("overriding.xml", application("""
                <technicalServices>
                  <class name="properties"><property name="level" value="application"/></class>
                </technicalServices>
                <virtualNode id="plain" capacity="1"/>
                <virtualNode id="own" capacity="1">
                  <technicalServices>
                    <class name="properties"><property name="level" value="virtual node"/></class>
                  </technicalServices>
                </virtualNode>
                <virtualNode id="provided" capacity="1">
                  <technicalServices>
                    <class name="properties"><property name="level" value="virtual node"/></class>
                  </technicalServices>
                  <nodeProvider refid="local" capacity="1">
                    <technicalServices>
                      <class name="properties"><property name="level" value="node provider"/></class>
                    </technicalServices>
                  </nodeProvider>
                </virtualNode>
                """, 3));

        Map<String, String> levels = Map.of("plain", "application", "own", "virtual node", "provided", "node provider");
        levels.forEach((virtualNode, level) -> assertThat(
                        deployment.virtualNode(virtualNode).waitReady())
                .as(virtualNode)
                .singleElement()
                .satisfies(node -> assertThat(node.property("level")).contains(level)));
    }

    private String application(String content) throws IOException {
        return application(content, 2);
    }

    /** A GCM application on so many JVMs of this host. */
    private String application(String content, int nodes) throws IOException {
        Path resources = Containers.privateDirectory().resolve("resources.xml");
        Files.writeString(resources, """
                <GCMDeployment xmlns="urn:gcm:deployment:1.0">
                  <resources><host refid="localhost"/></resources>
                  <infrastructure><hosts>
                    <host id="localhost" os="unix" hostCapacity="%d" vmCapacity="1">
                      <homeDirectory base="root" relpath="/tmp"/>
                    </host>
                  </hosts></infrastructure>
                </GCMDeployment>
                """.formatted(nodes));
        return """
                <GCMApplication xmlns="urn:gcm:application:1.0">
                  <application><proactive base="root" relpath="/opt/actium">
                %s
                  </proactive></application>
                  <resources><nodeProvider id="local"><file path="%s"/></nodeProvider></resources>
                </GCMApplication>
                """.formatted(content, resources);
    }

    private Deployment deploy(String name, String xml) {
        return deployments.deploy(
                new DescriptorSource(name, xml.getBytes(StandardCharsets.UTF_8), Map.of()), DeploymentListener.NONE);
    }
}
