package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.ExecutableDefinition;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.VirtualMachines.Image;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class GcmDescriptorTest {

    private static final String CLUSTER = """
            <GCMDeployment xmlns="urn:gcm:deployment:1.0">
              <environment><descriptorDefaultVariable name="EACH" value="2"/></environment>
              <resources>
                <host refid="h"/>
                <bridge refid="gate"><group refid="lan"><host refid="h"/></group></bridge>
              </resources>
              <infrastructure>
                <hosts><host id="h" os="unix" hostCapacity="4" vmCapacity="${EACH}">
                  <homeDirectory base="root" relpath="/home/ann"/></host></hosts>
                <groups><sshGroup id="lan" hostList="n[1-3]"/></groups>
                <bridges><sshBridge id="gate" hostname="g"/></bridges>
              </infrastructure>
            </GCMDeployment>
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void nodesAreDealtOutToVirtualNodes() {
        Descriptor descriptor = reading().read(application("""
                <virtualNode id="fixed" capacity="3"/><virtualNode id="greedy"/>"""));

        assertThat(nodes(descriptor, "fixed")).isEqualTo(3);
        assertThat(nodes(descriptor, "greedy"))
                .as("4 here and 12 behind the gateway, less 3")
                .isEqualTo(13);
        var here = (JvmProcess) descriptor.processes().get("cluster/1").element();
        assertThat(here.jvmParameters()).containsExactly("-Xmx1g");
        var behind = (Launch) descriptor.processes().get("cluster/3").element();
        assertThat(behind.text()).isEqualTo("sshBridge(hostname=g) → sshGroup(hostList=n[1-3]) → jvmProcess");
        assertThat(behind.runtimes()).hasValue(6);
        assertThat(behind.bundle()).hasValue("org.actium.deployment.ssh");
    }

    @Test
    public void theInnermostTechnicalServiceOfAClassCounts() {
        Descriptor descriptor = reading().read(application("""
                <technicalServices><class name="a"><property name="at" value="application"/></class>
                  <class name="b"><property name="at" value="application"/></class></technicalServices>
                <virtualNode id="vn">
                  <technicalServices><class name="a"><property name="at" value="node"/></class></technicalServices>
                  <nodeProvider refid="cluster"><technicalServices>
                    <class name="b"><property name="at" value="provider"/></class></technicalServices></nodeProvider>
                </virtualNode>"""));

        List<Map<String, String>> arguments =
                descriptor.virtualNode("vn").orElseThrow().technicalServicesOn("cluster/1").stream()
                        .map(id -> descriptor.technicalServices().get(id).use().arguments())
                        .toList();
        assertThat(arguments).containsExactly(Map.of("at", "node"), Map.of("at", "provider"));
    }

    @Test
    public void aFileOfANodeProviderSeesTheVariablesAndReportsItsOwnPlaces() {
        assertThat(nodes(reading().variable("EACH", "4").read(application("<virtualNode id='vn'/>")), "vn"))
                .isEqualTo(16);
        assertThat(new Reading()
                        .includes((from, location) ->
                                file("<GCMDeployment>\n <resources><host refid='x'/></resources></GCMDeployment>"))
                        .problems(application("<virtualNode id='vn'/>")))
                .containsExactly("2:13: 'host' refers to host 'x', which is not there; the descriptor has no host");
    }

    @Test
    public void anOldDescriptorIsNoFileOfANodeProvider() {
        assertThat(new Reading()
                        .includes((from, location) -> file(Reading.around("")))
                        .problems(application("<virtualNode id='vn'/>")))
                .singleElement()
                .asString()
                .contains("is a ProActive descriptor, the old format");
    }

    @Test
    public void wordsAndListsOfHostsAreCheckedWhereverTheyStand() {
        assertThat(new Reading().problems("""
                <GCMDeployment xmlns="urn:gcm:deployment:1.0">
                  <acquisition><lookup type="SMOKE" hostList="a"/></acquisition>
                  <infrastructure>
                    <hosts><host id="h" os="unics"/></hosts>
                    <groups><sshGroup id="nobody" hostList="n[3-"/></groups>
                  </infrastructure>
                </GCMDeployment>"""))
                .satisfiesExactly(
                        p -> assertThat(p)
                                .isEqualTo(
                                        "2:16: attribute 'type' of 'lookup' is 'SMOKE'; it must be one of 'RMI', 'HTTP', "
                                                + "'IBIS'"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "4:12: attribute 'os' of 'host' is 'unics'; it must be one of 'unix', 'windows', "
                                                + "'cygwin'"),
                        p -> assertThat(p)
                                .startsWith("5:13: attribute 'hostList' of 'sshGroup' is no list of hosts: "));
        assertThat(new Reading().problems("""
                <actium xmlns="urn:actium:deployment:1"><virtualNode name="vn"><currentJVM/></virtualNode>
                <rshGroup id="nobody" hostList="n[3-"/></actium>"""))
                .as("a descriptor that uses no group at all")
                .singleElement()
                .asString()
                .startsWith("2:1: attribute 'hostList' of 'rshGroup' is no list of hosts: ");
    }

    @Test
    public void capacitiesThatMeanLittleAreNoted() {
        Descriptor descriptor = new Reading().read("""
                <GCMDeployment xmlns="urn:gcm:deployment:1.0">
                  <resources><host refid="odd"/></resources>
                  <infrastructure><hosts>
                    <host id="odd" os="unix" hostCapacity="3" vmCapacity="2"/>
                    <host id="unused" os="unix" hostCapacity="4" vmCapacity="2"/>
                  </hosts></infrastructure>
                </GCMDeployment>""");

        assertThat(descriptor.notes())
                .extracting(Problem::toString)
                .containsExactly(
                        "test.xml:4:5: host 'odd': hostCapacity=3 is no multiple of vmCapacity=2, so it counts runtimes, as it "
                                + "did before 2009",
                        "test.xml:5:5: host 'unused' is in no resources, so its hostCapacity and vmCapacity have no effect");
    }

    @Test
    public void pathsOnWindowsHaveBackslashes() {
        Descriptor descriptor =
                new Reading().includes((from, location) -> file("""
                <GCMDeployment xmlns="urn:gcm:deployment:1.0">
                  <resources><host refid="h"/></resources>
                  <infrastructure><hosts><host id="h" os="windows" hostCapacity="1" vmCapacity="1">
                    <homeDirectory base="root" relpath="C:\\Users\\ann"/></host></hosts></infrastructure>
                </GCMDeployment>""")).read("""
                <GCMApplication xmlns="urn:gcm:application:1.0">
                  <application><proactive base="root" relpath="/opt">
                    <configuration><java base="home" relpath="jdk/bin/java.exe"/></configuration>
                    <virtualNode id="vn"/></proactive></application>
                  <resources><nodeProvider id="cluster"><file path="cluster.xml"/></nodeProvider></resources>
                </GCMApplication>""");

        assertThat(((JvmProcess) descriptor.processes().get("cluster/1").element()).javaPath())
                .hasValue("C:\\Users\\ann\\jdk\\bin\\java.exe");
    }

    @Test
    public void filesMayBeNamedAsOnWindows() throws IOException {
        Path deployments = Files.createDirectory(folder.getRoot().toPath().resolve("two words"));
        Files.writeString(deployments.resolve("cluster.xml"), CLUSTER);
        Path application = folder.getRoot().toPath().resolve("GCMA.xml");
        for (String path : List.of("two words\\cluster.xml", ".\\two words\\cluster.xml", "two words/cluster.xml")) {
            Descriptor descriptor = new Reading()
                    .named(application.toString())
                    .read(application("<virtualNode id='vn'/>").replace("cluster.xml", path));
            assertThat(nodes(descriptor, "vn")).as(path).isEqualTo(16);
        }
        for (String path : List.of("C:\\gcm\\cluster.xml", "file:///C:/gcm/cluster.xml", "file:C:/two words/x.xml")) {
            assertThat(new Reading()
                            .named(application.toString())
                            .problems(application("<virtualNode id='vn'/>").replace("cluster.xml", path)))
                    .as(path)
                    .singleElement()
                    .asString()
                    .contains("is a path of Windows, which this host cannot read");
        }
    }

    @Test
    public void whatCannotBeReachedIsAnObstacle() {
        Descriptor descriptor = reading().read(application("<virtualNode id='vn' capacity='20'/>"));

        assertThat(descriptor.obstacles())
                .singleElement()
                .asString()
                .contains("virtual node 'vn' needs 20 nodes, but gets 16");
    }

    @Test
    public void mpiProgramsAndVirtualMachinesAreReadIntoTheModel() {
        Includes cluster =
                (from, location) -> new Includes.Included(location, CLUSTER.getBytes(StandardCharsets.UTF_8));
        Descriptor mpi = new Reading().includes(cluster).read("""
                <GCMApplication xmlns="urn:gcm:application:1.0"><application><mpi><nodeProvider refid="lan"/>
                  <command name="solve"><path base="home" relpath="bin"/><arg>-n</arg><arg>3</arg></command></mpi>
                </application><resources><nodeProvider id="lan"><file path="c.xml"/></nodeProvider></resources></GCMApplication>""");
        ExecutableDefinition program = mpi.application().executables().getFirst();
        assertThat(program.mpi()).isTrue();
        assertThat(program.command()).containsExactly("solve", "-n", "3");
        assertThat(program.providers()).containsExactly("lan");

        Descriptor machines = new Reading().read("""
                <GCMDeployment xmlns="urn:gcm:deployment:1.0"><resources/><infrastructure><hosts/><vms><libvirt id="farm">
                  <hypervisor url="qemu://a"/><hypervisor url="qemu://b"/><authentication user="ann" pwd="hush"/>
                  <image key="debian" count="3" os="unix"/><image key="win"/></libvirt></vms></infrastructure>
                </GCMDeployment>""");
        assertThat(machines.infrastructure().orElseThrow().machines())
                .singleElement()
                .satisfies(libvirt -> {
                    assertThat(libvirt.technology()).isEqualTo("libvirt");
                    assertThat(libvirt.hypervisors()).containsExactly("qemu://a", "qemu://b");
                    assertThat(libvirt.user()).hasValue("ann");
                    assertThat(libvirt.images())
                            .containsExactly(
                                    new Image("debian", 3, Optional.of("unix")), new Image("win", 1, Optional.empty()));
                });
        assertThat(machines.toString()).doesNotContain("hush");
    }

    @Test
    public void aPolicyInAFileIsReadFromIt() throws IOException {
        Path file = folder.getRoot().toPath().resolve("policy.xml");
        Files.writeString(file, """
                <Policy xmlns="urn:proactive:security:1.1"><ApplicationName>garden</ApplicationName></Policy>""");
        Reading reading = new Reading()
                .named(folder.getRoot().toPath().resolve("grid.xml").toString());
        String descriptor = Reading.around("<security><file uri='policy.xml'/></security>");

        var policy = reading.read(descriptor).application().security().orElseThrow();
        assertThat(policy.file()).hasValue("policy.xml");
        assertThat(policy.applicationName()).hasValue("garden");

        Files.writeString(file, "<Policy>\n<Rulez/></Policy>");
        assertThatThrownBy(() -> reading.read(descriptor)).hasMessageContaining(file + ":2:1: unknown element 'Rulez'");
        Files.writeString(file, descriptor);
        assertThatThrownBy(() -> reading.read(descriptor))
                .hasMessageContaining(file + ":1:1: the file is to hold one security policy, <Policy>; it holds 0");
    }

    @Test
    public void policiesAndPeersAreReadIntoTheModel() {
        Descriptor policy = new Reading().read("""
                <Policy xmlns="urn:proactive:security:1.1"><ApplicationName>garden</ApplicationName>
                  <Rules><Rule><From><Entity type="VN" name="a"/></From><To><Entity type="VN" name="b"/></To>
                    <Communication><Outgoing value="denied"/></Communication>
                    <OACreation>authorized</OACreation></Rule></Rules></Policy>""");
        var rule = policy.application().security().orElseThrow().rules().getFirst();
        assertThat(rule.request().authorized()).isFalse();
        assertThat(rule.creation()).isTrue();
        assertThat(rule.migration()).as("what is not allowed").isFalse();

        Descriptor peers = new Reading().read("""
                <p2pconfig><host name="desk[1-2]"/><configForHost><periods><period>
                  <start day="friday" hour="18" minute="0"/><end day="monday" hour="8" minute="0"/>
                </period></periods><register><registry url="seed"/></register></configForHost><default/></p2pconfig>""");
        assertThat(peers.application().peers()).hasSize(2);
        assertThat(peers.application().peers().getFirst().hosts()).containsExactly("desk1", "desk2");
    }

    @Test
    public void whatPeersLoadIsForTheirHosts() throws IOException {
        Path directory = folder.getRoot().toPath();
        Files.writeString(directory.resolve("nights.xml"), """
                <p2pconfig><default><periods><period><start day="Monday" hour="20" minute="0"/>
                <end day="tuesday" hour="7" minute="0"/></period></periods></default></p2pconfig>""");
        Descriptor peers =
                new Reading().named(directory.resolve("peers.xml").toString()).read("""
                <configFile>
                  <p2pconfig><host name="a"/><configForHost><loadconfig path="nights.xml"/></configForHost></p2pconfig>
                  <p2pconfig><host name="b"/><configForHost><loadconfig path="nights.xml"/></configForHost></p2pconfig>
                  <p2pconfig><loadconfig path="nights.xml"/></p2pconfig>
                </configFile>""");

        assertThat(peers.application().peers())
                .extracting(
                        schedule -> schedule.hosts() + " " + schedule.periods().size())
                .containsExactly("[a] 1", "[b] 1", "[] 1");

        Files.writeString(directory.resolve("circle.xml"), "<p2pconfig><loadconfig path='circle.xml'/></p2pconfig>");
        assertThat(new Reading()
                        .named(directory.resolve("peers.xml").toString())
                        .problems("<configFile><p2pconfig><loadconfig path='circle.xml'/></p2pconfig></configFile>"))
                .singleElement()
                .asString()
                .endsWith("circle.xml' loads itself");
    }

    private static Reading reading() {
        return new Reading().includes((from, location) -> file(CLUSTER));
    }

    private static Includes.Included file(String content) throws IOException {
        return new Includes.Included("test.xml", content.getBytes(StandardCharsets.UTF_8));
    }

    private static String application(String content) {
        return """
                <GCMApplication xmlns="urn:gcm:application:1.0"><application><proactive base="root" relpath="/opt/a">
                <configuration><jvmarg value="-Xmx1g"/></configuration>
                %s
                </proactive></application>
                <resources><nodeProvider id="cluster"><file path="cluster.xml"/></nodeProvider></resources>
                </GCMApplication>
                """.formatted(content);
    }

    private static int nodes(Descriptor descriptor, String virtualNode) {
        return descriptor.virtualNode(virtualNode).orElseThrow().jvms().stream()
                .map(descriptor.jvms()::get)
                .mapToInt(jvm -> jvm.nodesFor(virtualNode)
                        * jvm.runtimes()
                        * (descriptor.processes().get(jvm.name()).element() instanceof Launch launch
                                ? launch.runtimes().orElse(0)
                                : 1))
                .sum();
    }
}
