package org.actium.deployment.rsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.shell.api.ShellWords;
import org.actium.deployment.shell.testkit.ShellBench;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The exact command lines, element by element. */
public class RshCommandsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private ShellBench bench;
    private String start;

    @Before
    public void install() throws IOException {
        bench = new ShellBench(folder.getRoot().toPath(), new RshShell(), new RshElements(), "rsh", RshShellTest.RSH);
        start = ShellWords.quoted("sh -c '<start.sh>' actium " + bench.digest() + " '' 0 -Xms16m");
    }

    @Test
    public void aHostIsReachedByOneRsh() {
        assertThat(line("<rshProcess hostname='node7' username='ann'><processReference refid='local'/></rshProcess>"))
                .isEqualTo("rsh -l ann node7 " + start);
        assertThat(line("<rshProcess hostname='node7'><commandPath value='/opt/krb5/bin/rsh'/>"
                        + "<processReference refid='local'/></rshProcess>"))
                .isEqualTo("/opt/krb5/bin/rsh node7 " + start);
    }

    @Test
    public void listsAndGatewaysOfItsClassGoOverRsh() {
        String list = "<processList class='org.objectweb.proactive.core.process.rsh.RSHProcessList' fixedName='node'"
                + " list='[1-2]' padding='2' domain='site.org'><processReference refid='local'/></processList>";
        String gateway = "<hierarchicalProcess class='org.objectweb.proactive.core.process.ssh.RSHHierarchicalProcess'"
                + " hostname='gate'><processReference refid='local'/><hierarchicalReference refid='inner'/>"
                + "</hierarchicalProcess></processDefinition><processDefinition id='inner'>" + list;

        assertThat(line(list)).isEqualTo("rsh node01.site.org " + start);
        assertThat(bench.launcher().routes(element(gateway)))
                .containsExactly("gate → node01.site.org", "gate → node02.site.org");
        assertThat(line(gateway)).isEqualTo("rsh gate " + ShellWords.quoted("rsh node01.site.org " + start));
    }

    @Test
    public void groupsAndBridgesOfNodeProvidersAreHopsToo() {
        var descriptor = bench.descriptor("""
                <actium xmlns="urn:actium:deployment:1">
                <virtualNode name="vn"/>
                <resources><bridge refid="gate"><group refid="lan"><host refid="h"/></group></bridge></resources>
                <host id="h" os="unix" hostCapacity="1" vmCapacity="1"/>
                <rshGroup id="lan" hostList="n[1-2]" username="bob" commandOptions=" -K  -n "/>
                <rshBridge id="gate" hostname="gate"/>
                </actium>""");
        DescriptorElement element =
                descriptor.processes().values().iterator().next().element();

        assertThat(bench.launcher().routes(element)).containsExactly("gate → bob@n1", "gate → bob@n2");
        assertThat(commandLine(element)).isEqualTo("rsh gate " + ShellWords.quoted("rsh -K -n -l bob n1 " + start));
    }

    private DescriptorElement element(String process) {
        return bench.read("", "<processDefinition id=\"way\">" + process + "</processDefinition>");
    }

    private String line(String process) {
        return commandLine(element(process));
    }

    private String commandLine(DescriptorElement element) {
        return ShellWords.line(bench.launcher().command(bench.request(element)));
    }
}
