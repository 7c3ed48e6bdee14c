package org.actium.deployment.rlogin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.shell.api.ShellWords;
import org.actium.deployment.shell.testkit.ShellBench;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The exact command lines, element by element. */
public class RloginCommandsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private ShellBench bench;
    private String start;

    @Before
    public void install() throws IOException {
        bench = new ShellBench(
                folder.getRoot().toPath(), new RloginShell(), new RloginElements(), "rlogin", RloginShellTest.RLOGIN);
        start = "sh -c '<start.sh>' actium " + bench.digest() + " '' 0 -Xms16m";
    }

    @Test
    public void aHostIsReachedByAScriptThatTypes() {
        assertThat(
                        command(
                                "<rloginProcess hostname='node7' username='ann'><processReference refid='local'/></rloginProcess>"))
                .isEqualTo(List.of("sh", "-c", RloginShell.script(), "actium", "rlogin", "node7", "ann", start));
        assertThat(command("<rloginProcess hostname='node7'><commandPath value='/usr/bin/rlogin'/>"
                        + "<processReference refid='local'/></rloginProcess>"))
                .isEqualTo(List.of("sh", "-c", RloginShell.script(), "actium", "/usr/bin/rlogin", "node7", "", start));
    }

    @Test
    public void listsOfItsClassGoOverRlogin() {
        assertThat(bench.launcher()
                        .routes(element(
                                "<processListbyHost class='org.objectweb.proactive.core.process.rlogin.RLoginProcessList'"
                                        + " hostlist='bob@a b'><processReference refid='local'/></processListbyHost>")))
                .containsExactly("bob@a", "b");
    }

    @Test
    public void aGatewayRunsTheSameScriptForTheNextHost() {
        String gateway = "<hierarchicalProcess class='RLoginHierarchicalProcess' hostname='gate' username='ann'>"
                + "<hierarchicalReference refid='inner'/><processReference refid='local'/></hierarchicalProcess>"
                + "</processDefinition><processDefinition id='inner'>"
                + "<rloginProcess hostname='node7'><processReference refid='local'/></rloginProcess>";

        String inner =
                ShellWords.line(List.of("sh", "-c", RloginShell.script(), "actium", "rlogin", "node7", "", start));
        assertThat(command(gateway))
                .isEqualTo(List.of("sh", "-c", RloginShell.script(), "actium", "rlogin", "gate", "ann", inner));
    }

    private DescriptorElement element(String process) {
        return bench.read("", "<processDefinition id=\"way\">" + process + "</processDefinition>");
    }

    private List<String> command(String process) {
        return bench.launcher().command(bench.request(element(process)));
    }
}
