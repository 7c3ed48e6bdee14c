package org.actium.deployment.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Launch;
import org.actium.deployment.shell.api.ShellWords;
import org.actium.deployment.shell.testkit.ShellBench;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The exact command lines, element by element. */
public class SshCommandsTest {

    private static final String REST =
            " -o ExitOnForwardFailure=no -T -x -o BatchMode=yes -o StrictHostKeyChecking=yes -o ControlPath=none"
                    + " -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=2";

    private static final String OPTIONS = "-R 127.0.0.1:20123:10.0.0.1:4000" + REST;

    /** Behind a gateway, the port of the gateway leads on. */
    private static final String INNER_OPTIONS = "-R 127.0.0.1:20123:127.0.0.1:20123" + REST;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private ShellBench bench;
    private String digest;

    @Before
    public void install() throws IOException {
        bench = new ShellBench(folder.getRoot().toPath(), new SshShell(), new SshElements(), "ssh", SshShellTest.SSH);
        digest = bench.digest();
    }

    @Test
    public void aHostIsReachedByOneSsh() {
        assertThat(line("<sshProcess hostname='node7' username='ann'><processReference refid='local'/></sshProcess>"))
                .isEqualTo("ssh " + OPTIONS + " -l ann -- node7 " + quotedOnce("'' 0 -Xms16m"));
    }

    @Test
    public void programOptionsJavaAndVariablesAreThoseOfTheDescriptor() {
        DescriptorElement element = bench.read(
                "<javaPath><absolutePath value='/opt/my jdk/bin/java'/></javaPath>"
                        + "<jvmParameters><parameter value='-Xmx1g'/></jvmParameters>",
                way("""
                <sshProcess hostname="node7"><commandPath value="/usr/bin/gsissh"/>
                <environment><variable name="A" value="b c"/><variable name="D" value=""/></environment>
                <processReference refid="local"/></sshProcess>"""));

        assertThat(line(element))
                .isEqualTo("/usr/bin/gsissh " + OPTIONS + " -- node7 "
                        + quotedOnce("'/opt/my jdk/bin/java' 2 'A=b c' D= -Xms16m -Xmx1g"));
    }

    @Test
    public void listsHaveOneSshForEachHost() {
        assertThat(hosts("""
                <processList fixedName="node" list="[1-3]^[2]" padding="2" domain="site.org" username="ann">
                <processReference refid="local"/></processList>""")).containsExactly("ann@node01.site.org", "ann@node03.site.org");
        assertThat(hosts("""
                <processListbyHost hostlist="a bob@b c[1-2]" repeat="2"><processReference refid="local"/>
                </processListbyHost>""")).containsExactly("a", "bob@b", "c1", "c2", "a", "bob@b", "c1", "c2");
    }

    @Test
    public void eachHostOfAListHasACommandOfItsOwn() throws IOException {
        DescriptorElement two = bench.read("", way("""
                <processList fixedName="node" list="[1-2]" padding="2" domain="site.org" username="ann">
                <processReference refid="local"/></processList>"""));
        var commands = new CopyOnWriteArrayList<String>();
        try (var launcher = bench.launcher(command -> {
            commands.add(ShellWords.line(command.subList(0, command.size() - 1)));
            return bench.run(List.of("true"));
        })) {
            launcher.launch(bench.request(two)).close();
        }

        assertThat(commands)
                .containsExactly(
                        "ssh " + OPTIONS + " -l ann -- node01.site.org",
                        "ssh " + OPTIONS + " -l ann -- node02.site.org");
    }

    /** With a port in common, one would lose its way with the other. */
    @Test
    public void eachRuntimeHasAForwardedPortOfItsOwn() throws IOException {
        DescriptorElement two = bench.read("", way("""
                <processListbyHost hostlist="node7" repeat="2"><processReference refid="local"/></processListbyHost>"""));
        var next = new AtomicInteger(20_200);
        var commands = new CopyOnWriteArrayList<List<String>>();

        try (var launcher = bench.launcher(
                command -> {
                    commands.add(command);
                    return bench.run(List.of("sh", "-c", "cat > \"$HOME/told-" + commands.size() + '"'));
                },
                next::getAndIncrement)) {
            launcher.launch(bench.request(two)).close();
        }

        assertThat(commands).hasSize(2);
        for (int k = 1; k <= 2; k++) {
            int port = 20_199 + k;
            assertThat(commands.get(k - 1)).containsSequence("-R", "127.0.0.1:" + port + ":10.0.0.1:4000");
            assertThat(bench.text("home/told-" + k))
                    .contains("parent=10.0.0.1:4000,192.0.2.7:4000,127.0.0.1:" + port + "\n");
        }
    }

    @Test
    public void aGatewayRunsTheNextSsh() {
        DescriptorElement element = bench.read(
                "",
                way("<sshProcess hostname='gate' username='ann'>" + "<processReference refid='inner'/></sshProcess>")
                        + "<processDefinition id='inner'><sshProcess hostname='node7'><processReference refid='local'/></sshProcess>"
                        + "</processDefinition>");

        String inner = "ssh " + INNER_OPTIONS + " -- node7 " + quotedOnce("'' 0 -Xms16m");
        assertThat(line(element)).isEqualTo("ssh " + OPTIONS + " -l ann -- gate " + ShellWords.quoted(inner));
    }

    @Test
    public void onlyWhatIsBehindAHierarchicalGatewayIsStarted() {
        String hierarchical = way("<hierarchicalProcess hostname='gate'><hierarchicalReference refid='inner'/>"
                        + "<processReference refid='local'/></hierarchicalProcess>")
                + "<processDefinition id='inner'><processListbyHost hostlist='n1 n2'><processReference refid='local'/>"
                + "</processListbyHost></processDefinition>";

        assertThat(routes(bench.read("", hierarchical))).containsExactly("gate → n1", "gate → n2");
    }

    @Test
    public void groupsAndBridgesOfNodeProvidersAreHopsToo() {
        var descriptor = bench.descriptor("""
                <actium xmlns="urn:actium:deployment:1">
                <virtualNode name="vn"/>
                <resources><bridge refid="gate"><group refid="lan"><host refid="h"/></group></bridge></resources>
                <host id="h" os="unix" hostCapacity="4" vmCapacity="2"/>
                <sshGroup id="lan" hostList="n[1-2]" username="bob" commandOptions="-p  2222 -4"/>
                <sshBridge id="gate" hostname="gate"/>
                </actium>""");
        DescriptorElement element =
                descriptor.processes().values().iterator().next().element();

        assertThat(bench.launcher().runtimes(element)).as("two on each host").isEqualTo(4);
        assertThat(routes(element)).containsExactly("gate → bob@n1", "gate → bob@n1", "gate → bob@n2", "gate → bob@n2");
        assertThat(line(element)).contains("-p 2222 -4 -l bob -- n1");
    }

    /** The program resolves the home itself, on the host that runs it. */
    @Test
    public void keysAndOptionsOfGroupsAndBridgesAreThoseOfTheirOwnHop() {
        var descriptor = bench.descriptor("""
                <actium xmlns="urn:actium:deployment:1">
                <virtualNode name="vn"/>
                <resources><bridge refid="gate"><group refid="lan"><host refid="h"/></group></bridge></resources>
                <host id="h" os="unix" hostCapacity="1" vmCapacity="1"/>
                <sshGroup id="lan" hostList="n1" username="bob" commandOptions="-p 2222">
                  <privateKey base="home" relpath="keys/of n1"/></sshGroup>
                <sshBridge id="gate" hostname="gate" username="ann" commandOptions="-4">
                  <privateKey base="root" relpath="/etc/grid/key"/></sshBridge>
                </actium>""");

        String inner = "ssh " + INNER_OPTIONS + " -i '~/keys/of n1' -p 2222 -l bob -- n1 " + quotedOnce("'' 0 -Xms16m");
        assertThat(line(descriptor.processes().values().iterator().next().element()))
                .isEqualTo("ssh " + OPTIONS + " -i /etc/grid/key -4 -l ann -- gate " + ShellWords.quoted(inner));
    }

    /** Whoever writes a descriptor may say what is run here anyway, with {@code commandPath} and {@code javaPath}. */
    @Test
    public void anOptionMayNameAProgramThatLeadsToTheHost() {
        var descriptor = bench.descriptor("""
                <actium xmlns="urn:actium:deployment:1">
                <virtualNode name="vn"/>
                <resources><group refid="lan"><host refid="h"/></group></resources>
                <host id="h" os="unix" hostCapacity="1" vmCapacity="1"/>
                <sshGroup id="lan" hostList="n1" commandOptions="-oProxyCommand=/opt/site/bin/dial"/>
                </actium>""");

        assertThat(line(descriptor.processes().values().iterator().next().element()))
                .isEqualTo("ssh " + OPTIONS + " -oProxyCommand=/opt/site/bin/dial -- n1 " + quotedOnce("'' 0 -Xms16m"));
    }

    @Test
    public void aHostOfANodeProviderMaySayWhoItsUserIs() {
        var descriptor = bench.descriptor(asUser("eve"));

        assertThat(descriptor.processes().values())
                .flatExtracting(process -> routes(process.element()))
                .as("who says it of fewer hosts wins")
                .containsExactly("eve@n1", "ann@n2", "bob@n3");
        assertThat(bench.descriptor(asUser("$(reboot)")).obstacles().toString())
                .contains("host 'h': '$(reboot)' cannot be the name of a user");
    }

    private static String asUser(String user) {
        return """
                <actium xmlns="urn:actium:deployment:1">
                <virtualNode name="vn"/>
                <resources><group refid="lan"><host refid="h"/></group><group refid="lab"><host refid="h"/></group></resources>
                <host id="h" os="unix" username="%s" hostCapacity="1" vmCapacity="1"/>
                <sshGroup id="lan" hostList="n1 ann@n2"/>
                <sshGroup id="lab" hostList="n3" username="bob"/>
                </actium>""".formatted(user);
    }

    @Test
    public void namesThatAreNoneAreReportedWithTheirPlace() {
        assertThat(problems("<sshProcess hostname='-oProxyCommand=reboot'>"))
                .contains("'sshProcess': '-oProxyCommand=reboot' cannot be the name of a host");
        assertThat(problems("<sshProcess hostname='a;reboot'>")).contains("'a;reboot' cannot be the name of a host");
        assertThat(problems("<sshProcess hostname='a&#10;b'>")).contains("cannot be the name of a host");
        assertThat(problems("<sshProcess hostname='a' username='$(reboot)'>"))
                .contains("'$(reboot)' cannot be the name of a user");
        assertThat(problems("<sshProcess hostname='a'><environment><variable name='A;b' value=''/></environment>"))
                .contains("'A;b' cannot be the name of a variable");
        assertThat(problems(
                        "<sshProcess hostname='a'><environment><variable name='actium_boot' value=''/></environment>"))
                .contains("the variable 'actium_boot' cannot be set");
        assertThat(problems("<sshProcess>")).contains("'sshProcess' needs the attribute 'hostname'");
    }

    @Test
    public void listsForOtherShellsAreLeftToTheirBundles() {
        DescriptorElement list = bench.read("", way("""
                <processListbyHost class="org.objectweb.proactive.core.process.rsh.RSHProcessList" hostlist="a b">
                <processReference refid="local"/></processListbyHost>"""));

        assertThat(bench.launcher().starts(list)).isFalse();
        assertThat(((Launch) list).bundle()).hasValue("org.actium.deployment.rsh");
        assertThat(((Launch) list).runtimes()).hasValue(2);
    }

    /** The script and its arguments as one word of the next shell. */
    private String quotedOnce(String arguments) {
        return ShellWords.quoted("sh -c '<start.sh>' actium " + digest + " " + arguments);
    }

    private String line(String process) {
        return line(bench.read("", way(process)));
    }

    private String line(DescriptorElement element) {
        List<String> command = bench.launcher().command(bench.request(element));
        return ShellWords.line(command);
    }

    private List<String> hosts(String process) {
        return routes(bench.read("", way(process)));
    }

    private List<String> routes(DescriptorElement element) {
        return bench.launcher().routes(element);
    }

    private String problems(String start) {
        try {
            bench.read("", way(start + "<processReference refid='local'/></sshProcess>"));
        } catch (DescriptorException refused) {
            assertThat(refused.problems().getFirst().at().line()).isEqualTo(5);
            return refused.getMessage();
        }
        throw new AssertionError(start + " was read");
    }

    private static String way(String process) {
        return "<processDefinition id=\"way\">" + process + "</processDefinition>";
    }
}
