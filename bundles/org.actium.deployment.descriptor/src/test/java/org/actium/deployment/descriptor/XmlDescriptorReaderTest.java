package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.JvmDefinition.Acquisition;
import org.actium.deployment.model.JvmDefinition.Creation;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.deployment.model.VirtualNodeDefinition.Cardinality;
import org.actium.service.api.ServiceUse;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class XmlDescriptorReaderTest {

    /** A process of one id that starts the process of another. */
    private static final String SSH =
            "<processDefinition id='%s'><sshProcess><processReference refid='%s'/></sshProcess>"
                    + "</processDefinition>";

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    @Test
    public void theDescriptorOfTheFaultToleranceChapterIsReadAsPrinted() {
        Descriptor descriptor = new Reading().read("""
                <ProActiveDescriptor> <componentDefinition> <virtualNodesDefinition>
                <virtualNode name='NonFT-Workers' property='multiple'/>
                <virtualNode name='FT-Workers' property='multiple' ftServiceId='appli'/>
                <virtualNode name='Failed' property='multiple' ftServiceId='resource'/>
                </virtualNodesDefinition> </componentDefinition>
                <deployment> <mapping>
                <map virtualNode='NonFT-Workers'> <jvmSet> <vmName value='Jvm1'/> </jvmSet> </map>
                <map virtualNode='FT-Workers'> <jvmSet> <vmName value='Jvm2'/> </jvmSet> </map>
                <map virtualNode='Failed'> <jvmSet> <vmName value='JvmS1'/> <vmName value='JvmS2'/> </jvmSet> </map>
                </mapping> <jvms>
                <jvm name='Jvm1'> <creation> <processReference refid='linuxJVM'/> </creation> </jvm>
                <jvm name='Jvm2'> <creation> <processReference refid='linuxJVM'/> </creation> </jvm>
                <jvm name='JvmS1'> <creation> <processReference refid='linuxJVM'/> </creation> </jvm>
                <jvm name='JvmS2'> <creation> <processReference refid='linuxJVM'/> </creation> </jvm>
                </jvms> </deployment>
                <infrastructure> <processes> <processDefinition id='linuxJVM'>
                <jvmProcess class='org.objectweb.proactive.core.process.JVMNodeProcess'/> </processDefinition> </processes>
                <services>
                <serviceDefinition id='appli'> <faultTolerance> <protocol type='cic'></protocol>
                <globalServer url='rmi://localhost:1100/FTServer'></globalServer> <ttc value='5'></ttc>
                </faultTolerance> </serviceDefinition>
                <serviceDefinition id='resource'> <faultTolerance> <protocol type='cic'></protocol>
                <globalServer url='rmi://localhost:1100/FTServer'></globalServer>
                <resourceServer url='rmi://localhost:1100/FTServer'></resourceServer> <ttc value='5'></ttc>
                </faultTolerance> </serviceDefinition>
                </services> </infrastructure> </ProActiveDescriptor>
                """);

        assertThat(descriptor.virtualNodes().keySet()).containsExactly("NonFT-Workers", "FT-Workers", "Failed");
        VirtualNodeDefinition failed = descriptor.virtualNode("Failed").orElseThrow();
        assertThat(failed.jvms()).containsExactly("JvmS1", "JvmS2");
        assertThat(failed.cardinality()).isEqualTo(Cardinality.MULTIPLE);
        assertThat(failed.timeout()).isEqualTo(Duration.ofSeconds(70));
        assertThat(failed.technicalServices()).containsExactly("resource");
        assertThat(descriptor.virtualNode("NonFT-Workers").orElseThrow().technicalServices())
                .isEmpty();
        assertThat(descriptor.technicalServices().get("resource").use())
                .isEqualTo(new ServiceUse(
                        "resource",
                        "org.actium.ft",
                        Map.of(
                                "protocol", "cic",
                                "globalServer", "rmi://localhost:1100/FTServer",
                                "resourceServer", "rmi://localhost:1100/FTServer",
                                "ttc", "5")));
        assertThat(descriptor.jvms().get("JvmS2").origin()).isEqualTo(new Creation("linuxJVM"));
        assertThat(descriptor.jvms().get("JvmS2").at()).isEqualTo(new SourcePosition("test.xml", 14, 1));
        assertThat(descriptor.processes().get("linuxJVM").element())
                .isEqualTo(new JvmProcess(Optional.empty(), List.of(), List.of()));
    }

    @Test
    public void theFormsOfTheSlidesAreRead() {
        Descriptor descriptor = new Reading().reader("sshProcess", "P2PService").read("""
                <ProActiveDescriptor>
                <technicalServiceDefinitions>
                  <service id="service1" class="services.Service1"><arg name="name1" value="value1"/></service>
                  <service id="service2" class="services.Service2"/>
                </technicalServiceDefinitions>
                <technical-service id="service3" class="services.Service3"/>
                <virtualNodesDefinition>
                  <virtualNode name="vn1" serviceRefid="service1 service3"/>
                  <virtualNode name="p2pSlaves" property="multiple"/>
                </virtualNodesDefinition>
                <map virtualNode="vn1"><jvmSet><vmName value="Jvm1"/><vmName value="Jvm2"/></jvmSet></map>
                <mapping><map virtualNode="p2pSlaves"><jvmSet><vnName value="slaves"/></jvmSet></map></mapping>
                <jvms>
                  <jvm name="Jvm1"><creation><processReference refid="localJVM"/></creation></jvm>
                  <jvm name="Jvm2"><acquisition method="rmi"/><creation><processReference refid="ssh cluster"/></creation></jvm>
                </jvms>
                <jvm name="slaves"><acquisition><aquisitionReference refid="p2pLookup"/></acquisition></jvm>
                <infrastructure>
                  <acquisition>
                    <acquisitionDefinition id="p2pLookup">
                      <P2PService NodesAsked="MAX"><peerSet><peer>rmi://registry1:3000</peer></peerSet></P2PService>
                    </acquisitionDefinition>
                  </acquisition>
                  <processDefinition id="localJVM"><jvmProcess/></processDefinition>
                  <processDefinition id="ssh cluster">
                    <sshProcess hostname="sea.inria.fr"><processReference refid="localJVM"/></sshProcess>
                  </processDefinition>
                </infrastructure>
                </ProActiveDescriptor>
                """);

        assertThat(descriptor.virtualNode("vn1").orElseThrow().technicalServices())
                .containsExactly("service1", "service3");
        assertThat(descriptor.technicalServices().get("service1").use())
                .isEqualTo(new ServiceUse("service1", "services.Service1", Map.of("name1", "value1")));
        assertThat(descriptor.jvms().get("slaves").origin()).isEqualTo(new Acquisition("p2pLookup"));
        assertThat(descriptor.services().get("p2pLookup").element())
                .isEqualTo(new Reading.Read("P2PService", Map.of("nodesAsked", "MAX")));
        assertThat(descriptor.processes().get("ssh cluster").element())
                .isEqualTo(new Reading.Read("sshProcess", Map.of("hostname", "sea.inria.fr")));
    }

    @Test
    public void everyAttributeOfAVirtualNodeAndAJvmIsRead() {
        Descriptor descriptor = new Reading().read("""
                <ProActiveDescriptor schemaVersion="3.3" xmlns="urn:proactive:deployment:3.3">
                <virtualNode name="a" property="unique_singleAO" timeout="1500" waitForTimeout="false" minNodeNumber="1">
                  <information>for people</information>
                </virtualNode>
                <virtualNode name="b" property="multiple_cyclic"/>
                <map virtualNode="a"><jvmSet><currentJVM protocol="rmi"/><vmName value="j"/></jvmSet></map>
                <map virtualNode="b"><currentJvm/></map>
                <map virtualNode="b"><vmName value="k"/></map>
                <jvm name="j" askedNodes="3"><processReference refid="p"/></jvm>
                <jvm name="k" nodeNumber="2" runtimes="4"><processReference refid="p"/></jvm>
                <processDefinition id="p"><jvmProcess/></processDefinition>
                </ProActiveDescriptor>
                """);

        VirtualNodeDefinition a = descriptor.virtualNode("a").orElseThrow();
        assertThat(a.cardinality()).isEqualTo(Cardinality.UNIQUE_SINGLE_OBJECT);
        assertThat(a.timeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(a.minimumNodes()).hasValue(1);
        assertThat(a.currentJvm()).isTrue();
        assertThat(a.jvms()).containsExactly("j");
        VirtualNodeDefinition b = descriptor.virtualNode("b").orElseThrow();
        assertThat(b.cardinality()).isEqualTo(Cardinality.MULTIPLE_CYCLIC);
        assertThat(b.currentJvm()).isTrue();
        assertThat(b.jvms()).containsExactly("k");
        assertThat(descriptor.jvms().get("j").nodes()).isEqualTo(3);
        assertThat(descriptor.jvms().get("j").runtimes()).isEqualTo(1);
        assertThat(descriptor.jvms().get("k").nodes()).isEqualTo(2);
        assertThat(descriptor.jvms().get("k").runtimes()).isEqualTo(4);
    }

    @Test
    public void unknownWordsAreReportedWithWhatWasProbablyMeant() {
        assertThat(new Reading().problems(Reading.around("""
                        <componentDefinition><virtualNodeDefinition/></componentDefinition>
                        <jvmss/>
                        <jvm nam="Jvm9"><creatoin/></jvm>
                        <processDefinition id="x"><jmvProcess/></processDefinition>
                        <processDefinition id="y"><sshProcess/></processDefinition>
                        <serviceDefinition id="z"><RMIRegistryLookup url="//host/x"/></serviceDefinition>
                        <processDefinition id="v"><teleport/></processDefinition>
                        loose text""")))
                .satisfiesExactly(
                        p -> assertThat(p)
                                .isEqualTo("1:1: 'ProActiveDescriptor' holds the text 'loose text', but may hold none"),
                        p -> assertThat(p)
                                .isEqualTo("2:22: unknown element 'virtualNodeDefinition' in "
                                        + "'ProActiveDescriptor'; did you "
                                        + "mean 'virtualNodesDefinition'?"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "3:1: unknown element 'jvmss' in 'ProActiveDescriptor'; did you mean 'jvms'?"),
                        p -> assertThat(p).isEqualTo("4:1: unknown attribute 'nam' of 'jvm'; did you mean 'name'?"),
                        p -> assertThat(p).isEqualTo("4:1: 'jvm' needs the attribute 'name', which is missing"),
                        p -> assertThat(p)
                                .isEqualTo("4:17: unknown element 'creatoin' in 'jvm'; did you mean 'creation'?"),
                        p -> assertThat(p)
                                .isEqualTo("5:27: no installed bundle reads the element 'jmvProcess'; did you mean "
                                        + "'jvmProcess'?"),
                        p -> assertThat(p)
                                .isEqualTo("6:27: 'sshProcess' leads to no process; give it a <processReference "
                                        + "refid='…'/> to one that ends in a 'jvmProcess'"),
                        p -> assertThat(p)
                                .startsWith("8:27: no installed bundle reads the element 'teleport'; known here: ")
                                .contains("'jvmProcess'", "'sshProcess'"));
    }

    @Test
    public void theOldestFormOfALookUpAsksForNodesByNumber() {
        Descriptor descriptor = new Reading().reader("P2PService").read(Reading.around("""
                <serviceDefinition id="p">
                <P2PLookup nodeNumber="MAX" timeout="1000"><peerSet><peer>//h:1</peer></peerSet></P2PLookup>
                </serviceDefinition>"""));

        assertThat(descriptor.services().get("p").element())
                .isEqualTo(new Reading.Read("P2PService", Map.of("nodesAsked", "MAX", "timeout", "1000")));
    }

    @Test
    public void whatNoBundleDoesYetIsAnObstacleAndNotDropped() {
        Descriptor descriptor = new Reading().read(Reading.around("""
                <security file="policy.xml"/>
                <mainDefinition id="m" class="Main"><mapToVirtualNode value="vn"/></mainDefinition>
                <register virtualNode="vn" protocol="rmi"/>
                <lookup virtualNode="other" host="*" protocol="rmi"/>
                <FileTransferDefinitions><FileTransfer id="f"><file src="a"/></FileTransfer></FileTransferDefinitions>
                <virtualNodesAcquisition><virtualNode name="other"/></virtualNodesAcquisition>
                <virtualNode name="w" waitForTimeout="true" fileTransferDeploy="f"/>
                <map virtualNode="w"><currentJVM/></map>
                <map virtualNode="other"><currentJVM/></map>
                <serviceDefinition id="z"><RMIRegistryLookup url="//host/x"/></serviceDefinition>"""));

        assertThat(descriptor.obstacles())
                .extracting(problem -> problem.at().line() + ": " + problem.message())
                .satisfiesExactly(
                        p -> assertThat(p)
                                .startsWith("2: the security policy 'policy.xml' is not known: there is no file"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "2: the security policy asks for checks that no bundle makes yet; remove it to deploy without"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "5: 'lookup' of virtual node 'other' does not say the host of the runtime that "
                                                + "knows it; write host='${NAME}' and give that variable a value"),
                        p -> assertThat(p).startsWith("8: virtual node 'w' asks for files"),
                        p -> assertThat(p).startsWith("11: 'RMIRegistryLookup' is not supported: "));
        assertThat(descriptor.notes())
                .extracting(Problem::toString)
                .containsExactly(
                        "test.xml:3:1: deploying starts no main class; 'actium run <jar> --descriptor <this file>' "
                                + "deploys and runs this one");
        assertThat(descriptor.application().security().orElseThrow().file()).hasValue("policy.xml");
        assertThat(descriptor.application().mains().get("m").virtualNodes()).containsExactly("vn");
        assertThat(descriptor.application().lookups())
                .singleElement()
                .satisfies(lookup -> assertThat(lookup.port()).hasValue(1099));
        assertThat(descriptor.application().fileTransfers()).containsKey("f");
    }

    @Test
    public void everyReferenceThatLeadsNowhereIsReportedWithWhatThereIs() {
        assertThat(new Reading().reader("sshProcess").problems(Reading.around("""
                        <virtualNode name="w" technicalServiceId="s t" ftServiceId="ft"/>
                        <map virtualNode="w"><vmName value="Jvm"/></map>
                        <map virtualNode="x"><vmName value="Jvm1"/></map>
                        <jvm name="Jvm2"><creation><processReference refid="local"/></creation></jvm>
                        <jvm name="Jvm3"><acquisition><serviceReference refid="pool"/></acquisition></jvm>
                        <processDefinition id="ssh"><sshProcess><processReference refid="jvm0"/></sshProcess></processDefinition>
                        <technicalServiceDefinition id="s"/>""")))
                .containsExactly(
                        "2:1: 'virtualNode' refers to serviceDefinition 'ft', which is not there; the "
                                + "descriptor has no "
                                + "serviceDefinition",
                        "2:1: 'virtualNode' refers to technical service 't', which is not there; there is only 's'",
                        "3:22: 'vmName' refers to jvm 'Jvm', which is not there; there are 'Jvm2', 'Jvm3', "
                                + "'Jvm1'; did you "
                                + "mean 'Jvm1'?",
                        "4:1: 'map' refers to virtualNode 'x', which is not there; there are 'w', 'vn'",
                        "5:28: 'processReference' refers to processDefinition 'local', which is not there; "
                                + "there are 'ssh', "
                                + "'localJVM'",
                        "6:31: 'serviceReference' refers to serviceDefinition 'pool', which is not there; the "
                                + "descriptor has "
                                + "no serviceDefinition",
                        "7:41: 'processReference' refers to processDefinition 'jvm0', which is not there; there "
                                + "are 'ssh', "
                                + "'localJVM'");
    }

    @Test
    public void definitionsThatContradictThemselvesAreReported() {
        assertThat(new Reading().problems(Reading.around("""
                        <virtualNode name="lost"/>
                        <virtualNode name="one" property="unique"/>
                        <virtualNode name="more" property="unique"/>
                        <virtualNode name="odd" property="severe" timeout="soon" minNodeNumber="0"/>
                        <map virtualNode="one"><vmName value="Jvm1"/><vmName value="Jvm2"/><vmName value="Jvm1"/></map>
                        <map virtualNode="more"><vmName value="Jvm3"/></map>
                        <map virtualNode="odd"><currentJVM/></map>
                        <jvm name="Jvm2"/>
                        <jvm name="Jvm3" runtimes="2"><processReference refid="localJVM"/></jvm>
                        <jvm name="Jvm4"><processReference refid="localJVM"/><serviceReference refid="ft"/></jvm>
                        <jvm name="Jvm5"><serviceReference refid="ft"/></jvm>
                        <processDefinition id="localJVM"><jvmProcess/></processDefinition>
                        <processDefinition id="none"/>
                        <processDefinition id="two"><jvmProcess/><jvmProcess/></processDefinition>
                        <serviceDefinition id="ft"><faultTolerance><protocol type="pml"/></faultTolerance></serviceDefinition>
                        """)))
                .satisfiesExactly(
                        p -> assertThat(p)
                                .isEqualTo(
                                        "2:1: virtual node 'lost' is not mapped; map it to a jvm, or to 'currentJVM'"),
                        p -> assertThat(p)
                                .isEqualTo("3:1: virtual node 'one' is 'unique' but mapped to 2 JVMs; map it to "
                                        + "one, or make it "
                                        + "'multiple'"),
                        p -> assertThat(p).startsWith("4:1: virtual node 'more' is 'unique' but mapped to 2 JVMs"),
                        p -> assertThat(p)
                                .isEqualTo("5:1: attribute 'property' of 'virtualNode' is 'severe'; it must be one of "
                                        + "'unique', 'unique_singleAO', 'multiple', 'multiple_cyclic', 'lookup'"),
                        p -> assertThat(p).startsWith("5:1: attribute 'timeout' of 'virtualNode' is 'soon'"),
                        p -> assertThat(p).startsWith("5:1: attribute 'minNodeNumber' of 'virtualNode' is '0'"),
                        p -> assertThat(p)
                                .isEqualTo("6:68: virtual node 'one' is mapped to jvm 'Jvm1' twice; remove one"),
                        p -> assertThat(p).startsWith("9:1: jvm 'Jvm2' has no origin; "),
                        p -> assertThat(p).startsWith("11:1: jvm 'Jvm4' has 2 origins; "),
                        p -> assertThat(p)
                                .startsWith(
                                        "12:1: jvm 'Jvm5' is acquired by service 'ft', which holds 'faultTolerance'"),
                        p -> assertThat(p).startsWith("14:1: 'processDefinition' is empty; "),
                        p -> assertThat(p).startsWith("15:42: 'processDefinition' holds one element; "),
                        p -> assertThat(p)
                                .isEqualTo("21:1: processDefinition 'localJVM' is defined twice, first at "
                                        + "test.xml:13:1; rename "
                                        + "or remove one"));
    }

    @Test
    public void cyclesOfProcessesAreReportedOnceEach() {
        assertThat(new Reading()
                        .reader("sshProcess")
                        .problems(Reading.around(SSH.formatted("a", "b") + "\n" + SSH.formatted("b", "c") + "\n"
                                + SSH.formatted("c", "b") + "\n" + SSH.formatted("d", "d"))))
                .containsExactly(
                        "4:39: processes refer to each other in a cycle: 'b' → 'c' → 'b'",
                        "5:39: processes refer to each other in a cycle: 'd' → 'd'");
    }

    @Test
    public void chainsAreReadWhateverTheirLength() {
        String chain = IntStream.range(0, 20_000)
                .mapToObj(i -> SSH.formatted("p" + i, "p" + (i + 1)))
                .collect(Collectors.joining("\n"));

        assertThat(new Reading().reader("sshProcess").problems(Reading.around(chain)))
                .singleElement()
                .asString()
                .startsWith("20001:44: 'processReference' refers to processDefinition 'p20000', which is not there; "
                        + "there are ")
                .endsWith("'p29' and 19971 more");
    }

    @Test
    public void manyWrongReferencesTakeNoLonger() {
        String jvms = IntStream.range(0, 10_000)
                .mapToObj(i -> "<jvm name='jvm%d'><processReference refid='process%d'/></jvm>".formatted(i, i))
                .collect(Collectors.joining("\n"));

        assertThat(new Reading().problems(Reading.around(jvms)))
                .hasSize(1001)
                .last()
                .asString()
                .contains("there may be more");
    }

    @Test
    public void otherDocumentsAreRecognised() {
        assertThat(new Reading().problems("<GCMApplication xmlns='urn:gcm:application:1.0'/>"))
                .containsExactly("1:1: the descriptor defines no virtual node");
        assertThat(new Reading().problems("<ProactiveDescriptor/>"))
                .containsExactly("1:1: the root is 'ProactiveDescriptor'; did you mean 'ProActiveDescriptor'?");
        assertThat(new Reading().problems("<ProActiveDescriptor xmlns='urn:x'/>"))
                .containsExactly(
                        "1:1: the namespace 'urn:x' is not that of a ProActive descriptor; write "
                                + "xmlns='urn:proactive:deployment:3.3' or none",
                        "1:1: the descriptor defines no virtual node");
    }

    @Test
    public void theExceptionReadsLikeTheOutputOfACompiler() {
        assertThatThrownBy(() ->
                        new Reading().named("grid.xml").read("<ProActiveDescriptor>\n <jvm/></ProActiveDescriptor>"))
                .isInstanceOf(DescriptorException.class)
                .hasMessage("grid.xml:1:1: the descriptor defines no virtual node\n"
                        + "grid.xml:2:2: 'jvm' needs the attribute 'name', which is missing");
    }

    @Test
    public void aSpellingGivenTwiceIsReported() {
        assertThat(new Reading()
                        .problems(Reading.around("<jvm name='j' askedNodes='1' nodeNumber='2'><processReference "
                                + "refid='localJVM'/></jvm>")))
                .containsExactly("2:1: 'jvm' has the attribute 'askedNodes' twice, in two spellings; remove one");
    }

    @Test
    public void technicalServicesAreNamedByIdOrClass() {
        Descriptor descriptor = new Reading().read(Reading.around("""
                <technicalServices>
                <technicalServiceDefinition id="properties"><arg name="empty" value=""/></technicalServiceDefinition>
                <technicalServiceDefinition class="a.Service"/>
                <technicalServiceDefinition id="ft"
                   class="org.objectweb.proactive.core.body.ft.service.FaultToleranceTechnicalService">
                  <arg name="global" value="rmi://host/FTServer"/><arg name="ttc" value="5"/>
                </technicalServiceDefinition>
                </technicalServices>"""));

        assertThat(descriptor.technicalServices().values().stream().map(definition -> definition.use()))
                .containsExactly(
                        new ServiceUse("properties", "properties", Map.of("empty", "")),
                        new ServiceUse("a.Service", "a.Service", Map.of()),
                        new ServiceUse(
                                "ft", "org.actium.ft", Map.of("globalServer", "rmi://host/FTServer", "ttc", "5")));
        assertThat(new Reading().problems(Reading.around("""
                        <service/>
                        <service id="s"><arg name="n"/><arg name="n" value="1"/><arg name="n" value="2"/></service>
                        <service id="s"/>
                        <virtualNode name="w" serviceRefid="s s"/><map virtualNode="w"><currentJVM/></map>""")))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("2:1: a technical service needs the attribute 'id'"),
                        p -> assertThat(p).isEqualTo("3:17: 'arg' needs the attribute 'value', which is missing"),
                        p -> assertThat(p).isEqualTo("3:57: argument 'n' is given twice; remove one"),
                        p -> assertThat(p)
                                .startsWith("4:1: technical service 's' is defined twice, first at test.xml:3:1"),
                        p -> assertThat(p).isEqualTo("5:1: technical service 's' is named twice; remove one"));
    }

    @Test
    public void classesOfTheOriginalStandForServicesOfOurs() {
        Descriptor descriptor = new Reading().read(Reading.around("""
                <technicalServices>
                <technicalServiceDefinition id="balanced" class="org.objectweb.proactive.loadbalancing.LoadBalancingTS">
                  <arg name="MetricFactory" value="a.Factory"/></technicalServiceDefinition>
                <technicalServiceDefinition id="timed"
                   class="org.objectweb.proactive.benchmarks.timit.util.service.TimItTechnicalService">
                  <arg name="timitActivation" value="all"/></technicalServiceDefinition>
                <technicalServiceDefinition id="own" class="org.objectweb.proactive.loadbalancing.Other"/>
                </technicalServices>"""));

        assertThat(descriptor.technicalServices().values().stream().map(definition -> definition.use()))
                .containsExactly(
                        new ServiceUse("balanced", "load-balancing", Map.of("metric", "a.Factory")),
                        new ServiceUse("timed", "metrics", Map.of("timitActivation", "all")),
                        new ServiceUse("own", "org.objectweb.proactive.loadbalancing.Other", Map.of()));
        assertThat(descriptor.technicalServices().get("balanced").written())
                .isEqualTo("org.objectweb.proactive.loadbalancing.LoadBalancingTS");
    }

    @Test
    public void aFaultToleranceServiceIsATechnicalService() {
        Descriptor descriptor = new Reading().read(Reading.around("""
                <virtualNode name="w" ftServiceId="ft" technicalServiceId="ft"/><map virtualNode="w"><currentJVM/></map>
                <technicalServiceDefinition id="ft" class="properties"/>
                <serviceDefinition id="ft"><faultTolerance><protocol type="pml"/>
                  <recoveryServer url="rmi://host/R"/></faultTolerance></serviceDefinition>"""));

        assertThat(descriptor.virtualNode("w").orElseThrow().technicalServices())
                .as("fault tolerance first; the ids are of different sorts, so both may be 'ft'")
                .containsExactly("ft (faultTolerance)", "ft");
        assertThat(descriptor
                        .technicalServices()
                        .get("ft (faultTolerance)")
                        .use()
                        .arguments())
                .containsOnly(entry("protocol", "pml"), entry("recoveryProcess", "rmi://host/R"), entry("ttc", "30"));

        Descriptor before30 = new Reading().read(Reading.around("""
                <virtualNode name="w" ftServiceId="ft"/><map virtualNode="w"><currentJVM/></map>
                <serviceDefinition id="ft"><faultTolerance><ttc value="5"/></faultTolerance></serviceDefinition>"""));
        assertThat(before30.technicalServices().get("ft").use().arguments())
                .as("there was one protocol, and it had no name")
                .containsOnly(entry("protocol", "cic"), entry("ttc", "5"));

        assertThat(new Reading().reader("joinedContainers").problems(Reading.around("""
                        <serviceDefinition id="a"><faultTolerance><ttc value="0"/></faultTolerance></serviceDefinition>
                        <serviceDefinition id="b"><faultTolerance><protocol type="raft"/></faultTolerance></serviceDefinition>
                        <serviceDefinition id="c"><faultTolerance><protocol type="cic"/><globalServer/><globalServer url="x"/>
                          <globalServer url="y"/><servr/></faultTolerance></serviceDefinition>
                        <serviceDefinition id="d"><joinedContainers nodesAsked="1"/></serviceDefinition>
                        <virtualNode name="w" ftServiceId="d"/><map virtualNode="w"><currentJVM/></map>""")))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("2:43: attribute 'value' of 'ttc' is '0'"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "3:43: attribute 'type' of 'protocol' is 'raft'; it must be one of 'cic', 'pml'"),
                        p -> assertThat(p)
                                .isEqualTo("4:65: 'globalServer' needs the attribute 'url', which is missing"),
                        p -> assertThat(p).isEqualTo("5:3: 'globalServer' is given twice; keep one"),
                        p -> assertThat(p).startsWith("5:26: unknown element 'servr' in 'faultTolerance'"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "7:1: ftServiceId='d' refers to a service that holds 'joinedContainers', not "
                                                + "'faultTolerance'"));
    }

    @Test
    public void aTimeoutMayBeLongerThanAnInteger() {
        assertThat(timeout("4294967296")).isEqualTo(Duration.ofMillis(4_294_967_296L));
        assertThat(timeout("9223372036854775807"))
                .as("a hundred years, which is for ever")
                .isEqualTo(Duration.ofDays(36500));
        assertThat(timeout("0")).isEqualTo(Duration.ZERO);
        assertThat(new Reading().problems(Reading.around("<virtualNode name='w' timeout='9223372036854775808'/>")))
                .contains(
                        "2:1: attribute 'timeout' of 'virtualNode' is '9223372036854775808'; it must be a whole number from 0 "
                                + "to 9223372036854775807");
    }

    private static Duration timeout(String millis) {
        return new Reading()
                .read(Reading.around(
                        "<virtualNode name='w' timeout='" + millis + "'/><map virtualNode='w'><currentJVM/></map>"))
                .virtualNode("w")
                .orElseThrow()
                .timeout();
    }

    @Test
    public void theProgramOfNorduGridIsANameOrAPath() {
        Descriptor descriptor = new Reading().read(Reading.around("""
                <processDefinition id="name"><ngProcess hostname="h"><processReference refid="localJVM"/>
                  <ngOption><executable>/bin/run</executable><count>3</count></ngOption></ngProcess></processDefinition>
                <processDefinition id="path"><ngProcess hostname="h"><processReference refid="localJVM"/>
                  <ngOption><executable><absolutePath value="/bin/run"/></executable></ngOption></ngProcess>
                </processDefinition>"""));

        var name = (Launch) descriptor.processes().get("name").element();
        assertThat(name.setting("ngOption/executable")).hasValue("/bin/run");
        assertThat(name.runtimes()).hasValue(3);
        assertThat(((Launch) descriptor.processes().get("path").element()).setting("ngOption/executable/absolutePath"))
                .hasValue("/bin/run");
    }
}
