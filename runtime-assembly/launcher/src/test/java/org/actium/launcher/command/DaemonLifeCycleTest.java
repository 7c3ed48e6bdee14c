package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Map;
import org.actium.launcher.Distribution;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.state.DaemonRecord;
import org.actium.launcher.state.StateRoot;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** Starts real processes, of the classes under test. */
public class DaemonLifeCycleTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Shell shell = new Shell();
    private StateRoot states;
    private Distribution distribution;

    @Before
    public void assembleDistribution() throws IOException {
        states = new StateRoot(folder.getRoot().toPath().resolve("state"));
        distribution = new Distribution(folder.getRoot().toPath().resolve("home"))
                .bundle(
                        "rest",
                        Map.of(
                                "Bundle-Activator",
                                RestActivator.class.getName(),
                                "Import-Package",
                                "org.osgi.framework"),
                        RestActivator.class);
    }

    @After
    public void endWhatATestLeft() {
        for (ProcessHandle left : ProcessHandle.current().children().toList()) {
            left.destroyForcibly();
            left.onExit().join();
        }
    }

    @Test
    public void startsInTheBackgroundAndStops() throws IOException {
        assertThat(start("--http-port", "0")).as(shell.err()).isZero();
        DaemonRecord daemon = states.instance("default").running().orElseThrow();
        ProcessHandle process = daemon.process().orElseThrow();
        assertThat(shell.out()).contains("container 'default' is running: pid " + daemon.pid());

        assertThat(stop()).as(shell.err()).isZero();

        assertThat(process.isAlive()).isFalse();
        assertThat(states.instance("default").running()).isEmpty();
        assertThat(states.instance("default").restToken()).doesNotExist();
        assertThat(states.directory().resolve(".run")).isEmptyDirectory();
    }

    @Test
    public void refusesASecondStartAndNamesTheFirst() throws IOException {
        start("--http-port", "0");
        long pid = states.instance("default").running().orElseThrow().pid();

        assertThat(start("--http-port", "0")).isEqualTo(ExitCode.ENVIRONMENT);

        assertThat(shell.err()).contains("container 'default' is running already with pid " + pid);
        assertThat(states.instance("default").running()).map(DaemonRecord::pid).contains(pid);
    }

    @Test
    public void refusesASecondStartAlsoIfTheFirstHasNotSaidThatItRuns() throws IOException {
        start("--http-port", "0");
        Files.delete(states.instance("default").directory().resolve("daemon.json"));

        assertThat(start("--http-port", "0")).isEqualTo(ExitCode.ENVIRONMENT);

        assertThat(shell.err()).contains("is running already");
    }

    @Test
    public void runsSeveralUnderDifferentNames() throws IOException {
        assertThat(start("--http-port", "0", "--name", "one")).isZero();
        assertThat(start("--http-port", "0", "--name", "two")).isZero();

        assertThat(stop("--name", "one")).isZero();

        assertThat(states.instance("one").running()).isEmpty();
        assertThat(states.instance("two").running()).isPresent();
    }

    @Test
    public void refusesAPortThatIsTakenAndLeavesNothingRunning() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(start("--http-port", port)).isEqualTo(ExitCode.ENVIRONMENT);

            assertThat(shell.err()).contains("cannot listen at").contains(port).contains("--http-port");
            assertThat(states.instance("default").running()).isEmpty();
            assertThat(ProcessHandle.current().children()).isEmpty();
        }
    }

    @Test
    public void tellsWhyABundleDoesNotStartAndLeavesNothingRunning() throws IOException {
        distribution.properties("test.broken=true\n");

        assertThat(start("--http-port", "0")).isEqualTo(ExitCode.ENVIRONMENT);

        assertThat(shell.err()).contains("rest: ").contains("no disk");
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    public void isNotStartedBeforeItHasJoined() throws IOException {
        distribution.properties("test.joins=true\n");
        var typing = new Shell("t1.secret\n");

        assertThat(start(typing, "--join", "127.0.0.1:4000")).as(typing.err()).isZero();

        assertThat(typing.out()).contains("assembly node").contains("joined  127.0.0.1:4000");
        assertThat(states.instance("default").directory().resolve("seen-token")).hasContent("t1.secret");
    }

    @Test
    public void leavesNothingRunningIfItEndsInsteadOfJoining() throws IOException {
        distribution.properties("test.ends=true\n");
        var typing = new Shell("t1.secret\n");

        int exitCode = start(typing, "--join", "127.0.0.1:4000");

        assertThat(exitCode).as(typing.err()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(typing.err()).containsAnyOf("has not joined 127.0.0.1:4000", "has stopped by itself");
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    public void hasNothingToStopIfNothingRuns() {
        assertThat(stop()).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(shell.err()).contains("container 'default' is not running; start it with 'actium start'");
    }

    @Test
    public void doesNotWaitForATokenThatHasNotTheFormOfOne() throws IOException {
        assertThat(start("--join", "127.0.0.1:1")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("has the form id.secret").contains("standard input");
    }

    @Test
    public void refusesATokenFileThatIsMissing() throws IOException {
        assertThat(start("--join", "127.0.0.1:1", "--token-file", "nowhere")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("there is no file 'nowhere'");
    }

    private int start(String... arguments) throws IOException {
        return start(shell, arguments);
    }

    private int start(Shell shell, String... arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        var process = new DaemonProcess(distribution.home(), environment.get("PATH"));
        return shell.run(new StartCommand(process, states, shell.terminal()), arguments);
    }

    private int stop(String... arguments) {
        return shell.run(new StopCommand(states, shell.terminal()), arguments);
    }
}
