package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.actium.launcher.Distribution;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.state.StateRoot;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What of the options there were is refused, before anything is started. */
public class StartGlobalFtServerCommandTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Shell shell = new Shell();
    private StartGlobalFtServerCommand command;

    @Before
    public void letThereBeADistribution() throws Exception {
        Path home = folder.getRoot().toPath().resolve("home");
        StateRoot states =
                StateRoot.of(Map.of("ACTIUM_STATE", folder.newFolder("state").toString()), home);
        command = new StartGlobalFtServerCommand(
                new StartCommand(
                        new DaemonProcess(new Distribution(home).home(), "/nowhere"), states, shell.terminal()),
                states,
                shell.terminal());
    }

    @Test
    public void whatIsNotThereYetIsRefused() {
        refuses("option -proto wants pml, which is all there is so far, not 'cic'", "-proto", "cic");
        refuses("there is no peer-to-peer network yet", "-p2p", "rmi://peer:2603");
        refuses("a number of seconds from 1 to 99999, not 'often'", "-fdperiod", "often");
        refuses("option -port wants a port from 0 to 65535, not '70000'", "-port", "70000");
        refuses("leave out one of them", "-port", "1100", "--listen", "0.0.0.0:1100");
    }

    private void refuses(String why, String... arguments) {
        assertThat(shell.run(command, arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains(why);
    }

    @Test
    public void allFiveOptionsAreInItsHelp() {
        assertThat(shell.run(command, "--help")).isEqualTo(ExitCode.OK);
        assertThat(shell.out()).contains("-proto", "-name", "-port", "-fdperiod", "-p2p");
    }

    /** What it was told may be any port, or all addresses: nobody can dial those. */
    @Test
    public void itIsNamedByWhereItReallyIs() {
        assertThat(StartGlobalFtServerCommand.howItIsNamed(reachedAt("127.0.0.1:40123")))
                .isEqualTo("descriptors name it rmi://127.0.0.1:40123/FTServer; who asks it joins it, with a token of"
                        + " 'actium token --guest --name FTServer'");
        assertThat(StartGlobalFtServerCommand.howItIsNamed(reachedAt("10.0.0.7:1100", "10.1.0.7:1100")))
                .contains("rmi://10.0.0.7:1100/FTServer or rmi://10.1.0.7:1100/FTServer;");
        assertThat(StartGlobalFtServerCommand.howItIsNamed(reachedAt()))
                .contains("rmi://<host:port>/FTServer, where its log says that it listens;");
    }

    private static ContainerStatus reachedAt(String... endpoints) {
        return new ContainerStatus(
                "FTServer",
                4711,
                "2026-11-23T10:00:00Z",
                "admin",
                "http://127.0.0.1:40124",
                null,
                List.of(endpoints),
                "daemon.log");
    }
}
