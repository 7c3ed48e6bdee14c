package org.actium.deployment.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.shell.api.ProcessStarter;
import org.actium.deployment.shell.api.SystemProcesses;
import org.actium.deployment.shell.testkit.HostileValues;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemThreads;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

public class LocalProtocolTest {

    private static final JvmProcess JVM = new JvmProcess(Optional.empty(), List.of("-Xmx64m"), List.of());
    private static final Path JAVA = Path.of("/usr/bin/env");

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<List<String>> started = new ArrayList<>();
    private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();
    private Path home;

    @Before
    public void installDistribution() throws IOException {
        home = folder.getRoot().toPath();
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/org.actium.launcher.jar"));
    }

    @Test
    public void aNewRuntimeIsToldWhomToJoinOnItsStandardInputOnly() throws Exception {
        Job job = protocol("cat").launch(request(JVM, "worker-1", "4711.secret"));
        job.whenEnded(endings::add);

        assertThat(endings.take())
                .endsWith("; its last lines:\n  name=worker-1\n  parent=[::1]:4000\n  token=4711.secret\n  lease=10");
        assertThat(started.getFirst())
                .startsWith("/usr/bin/env", "-Xmx64m")
                .noneMatch(argument -> argument.contains("secret"));
    }

    /** What other users of the host can list, as the kernel shows it while the process reads its input. */
    @Test
    public void theTokenIsNeitherInTheArgumentsNorInTheEnvironmentOfTheProcess() throws Exception {
        Path java = home.resolve("java");
        Path read = home.resolve("read");
        Path listed = home.resolve("listed");
        Files.writeString(java, """
                #!/bin/sh
                cat >'%s'
                cat /proc/$$/cmdline /proc/$$/environ >'%s'
                """.formatted(read, listed));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));

        new LocalProtocol(home, java, new SystemThreads())
                .launch(request(JVM, "worker-1", "4711.bG9jYWwgcHJvdG9jb2w"))
                .whenEnded(endings::add);

        assertThat(endings.take()).contains("ended with exit code 0");
        assertThat(Files.readString(read)).contains("token=4711.bG9jYWwgcHJvdG9jb2w");
        assertThat(Files.readString(listed))
                .as("arguments and environment")
                .contains("-Xmx64m", "PATH=")
                .doesNotContain("bG9jYWwgcHJvdG9jb2w");
    }

    @Test
    public void itFindsARuntimeWhoseAddressForOthersDoesNotLeadThereFromInside() throws Exception {
        protocol("cat")
                .launch(new LaunchRequest(
                        JVM,
                        List.of("worker-1"),
                        new Endpoint("gate.example.org", 4711),
                        List.of("t"),
                        Duration.ofSeconds(10)))
                .whenEnded(endings::add);

        assertThat(endings.take()).contains("\n  parent=gate.example.org:4711,127.0.0.1:4711\n");
    }

    @Test
    public void thePlanShowsTheCommandThatIsStarted() {
        LocalProtocol protocol = protocol("true");
        LaunchRequest request = request(JVM, "worker-1", "4711.secret");
        try (Job job = protocol.launch(request)) {
            assertThat(job.description()).startsWith("process ");
        }

        assertThat(started).containsExactly(protocol.command(request));
    }

    @Test
    public void aProcessThatDoesNotReadItsInputEndsWithAReason() throws Exception {
        Job job = protocol("exec <&-; echo no; exit 4").launch(request(JVM, "worker-1", "t"));
        job.whenEnded(endings::add);

        assertThat(endings.take()).endsWith("ended with exit code 4; its last lines:\n  no");
    }

    @Test
    public void onlyJvmsAreStartedHereAndEachIsOneRuntime() {
        LocalProtocol protocol = protocol("true");
        DescriptorElement ssh = () -> "sshProcess";

        assertThat(protocol.starts(JVM)).isTrue();
        assertThat(protocol.runtimes(JVM)).isEqualTo(1);
        assertThat(protocol.starts(ssh)).isFalse();
        assertThatThrownBy(() -> protocol.launch(request(ssh, "worker-1", "t")))
                .hasMessage("protocol local starts no 'sshProcess'");
        assertThat(started).isEmpty();
    }

    @Test
    public void aNameOfTwoLinesStartsNothing() {
        assertThatThrownBy(() -> protocol("true").launch(request(JVM, "worker\ntoken=stolen", "t")))
                .hasMessage("the name of a runtime must be one line of text");
        assertThatThrownBy(() -> protocol("true").launch(request(JVM, "worker", "secret\n")))
                .hasMessage("the token of a runtime must be one line of text");
        assertThat(started).isEmpty();
    }

    @Test
    public void nothingInAValueIsTakenForACommand() throws Exception {
        Path victim = Path.of("victim"); // where processes run, so that it can stand in the name of a file
        List<String> all = new ArrayList<>(HostileValues.making(victim));
        all.add(String.join("", all));
        var protocol = new LocalProtocol(home, JAVA, new SystemThreads());
        for (String value : all) {
            Path java = Files.createDirectory(home.resolve(value)).resolve("java");
            Path got = home.resolve("got");
            Files.writeString(java, "#!/bin/sh\ncat >/dev/null\nprintf '%s\\0' \"$@\" >'" + got + "'\n");
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));

            Job job = protocol.launch(request(
                    new JvmProcess(Optional.of(java.toString()), List.of(value, "-Dvalue=" + value), List.of(), true),
                    "worker-1",
                    "t"));
            job.whenEnded(endings::add);

            assertThat(endings.take()).contains("ended with exit code 0");
            assertThat(Files.readString(got).split("\0")).startsWith(value, "-Dvalue=" + value, "-cp");
            assertThat(victim).as(value).doesNotExist();
            assertThatThrownBy(() -> protocol.launch(
                            request(new JvmProcess(Optional.of(value), List.of(), List.of()), "worker-1", "t")))
                    .isInstanceOf(LaunchRejectedException.class)
                    .hasMessageContaining("cannot be started");
            assertThat(victim).as(value).doesNotExist();
        }
    }

    @Test
    public void withoutADistributionNothingIsStartedButAPlanCanBeMade() {
        var homeless = new LocalProtocol(
                Optional.empty(), JAVA, new SystemProcesses(), new SystemThreads(), Duration.ofSeconds(1), false);

        assertThatThrownBy(() -> homeless.launch(request(JVM, "worker-1", "t")))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessage("the framework property actium.home is not set, so there is no launcher to start; set "
                        + "it to the "
                        + "directory of a distribution");
        assertThat(homeless.command(request(JVM, "worker-1", "t")))
                .contains("${actium.home}/lib/org.actium.launcher.jar");
    }

    @Test
    public void aCommandThatIsNotOnThePathIsRefused() {
        var protocol = new LocalProtocol(home, JAVA, new SystemThreads());
        var jvm = new JvmProcess(Optional.of("no-such-java-anywhere"), List.of(), List.of());

        assertThatThrownBy(() -> protocol.launch(request(jvm, "worker-1", "t")))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessageStartingWith("'no-such-java-anywhere' cannot be started: ");
    }

    /** Runs the script instead of the command. */
    private LocalProtocol protocol(String script) {
        ProcessStarter recording = command -> {
            started.add(command);
            return new SystemProcesses().start(List.of("sh", "-c", script));
        };
        return new LocalProtocol(Optional.of(home), JAVA, recording, new SystemThreads(), Duration.ofSeconds(5), false);
    }

    private static LaunchRequest request(DescriptorElement element, String name, String token) {
        return new LaunchRequest(
                element, List.of(name), new Endpoint("::1", 4000), List.of(token), Duration.ofSeconds(10));
    }
}
