package org.actium.deployment.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.SystemProcesses;
import org.actium.runtime.core.SystemThreads;
import org.actium.ssh.mina.MinaSessions;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

public class MinaClientTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Server server;
    private MinaSessions sessions;
    private MinaClient client;

    @Before
    public void start() throws IOException {
        server = new Server(folder.newFolder("sshd").toPath(), new SystemProcesses());
        client = client(server.knownHosts(), Optional.empty());
    }

    private MinaClient client(Path knownHosts, Optional<Path> agent) {
        return client(List.of(knownHosts), agent);
    }

    private MinaClient client(List<Path> knownHosts, Optional<Path> agent) {
        sessions = new MinaSessions(server.configuration(), knownHosts, agent);
        return new MinaClient(sessions, new SystemThreads());
    }

    @After
    public void stop() throws IOException {
        sessions.close();
        server.close();
    }

    @Test
    public void inputOutputAndExitCodeAreThoseOfTheCommand() throws Exception {
        Process process = ssh(client, List.of(), "read word; echo \"<$word>\"; echo error >&2; cat >/dev/null; exit 7");
        process.getOutputStream().write("hello\nmore".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();

        assertThat(output(process)).isEqualTo("<hello>\nerror\n");
        assertThat(process.waitFor()).isEqualTo(7);
    }

    @Test
    public void megabytesAreSentWhole() throws Exception {
        Process process = ssh(client, List.of(), "wc -c");
        process.getOutputStream().write(new byte[3_000_000]);
        process.getOutputStream().close();

        assertThat(output(process).strip()).isEqualTo("3000000");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    public void aHostThatIsNotKnownIsRefused() throws Exception {
        Path empty = folder.newFile().toPath();
        sessions.close();
        client = client(empty, Optional.empty());
        Process process = ssh(client, List.of(), "echo hello");

        assertThat(output(process)).contains("Host key verification failed").doesNotContain("hello");
        assertThat(process.waitFor()).isEqualTo(255);
        assertThat(empty).as("nothing is added").isEmptyFile();
    }

    @Test
    public void aServerThatIsNotThereIsAFailureOfTheProcess() throws Exception {
        server.close();
        Process process = ssh(client, List.of(), "echo hello");

        assertThat(output(process)).containsIgnoringCase("refused");
        assertThat(process.waitFor()).isEqualTo(255);
    }

    @Test
    public void optionsThatItDoesNotUnderstandAreRefusedAtOnce() {
        for (String option : List.of("-4", "-oProxyCommand=reboot")) {
            assertThatThrownBy(() -> ssh(client, List.of(option), "true"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not understand the option '" + option + "'");
        }
        assertThatThrownBy(() -> ssh(client, List.of("-o", "ProxyCommand=reboot"), "true"))
                .hasMessageContaining("'-o ProxyCommand=reboot'");
        assertThatThrownBy(() -> client.start(hop(), List.of("gsissh", "--", "node7", "true")))
                .hasMessageContaining("commandPath 'gsissh'");
    }

    @Test
    public void aKeyMayBeNamedFromTheHomeOfThisUser() throws IOException {
        assertThat(Order.of(command(List.of("-i", "~/keys/of n1"), "true"))
                        .server()
                        .key())
                .hasValue(Path.of(System.getProperty("user.home"), "keys/of n1"));
        assertThat(Order.of(command(List.of("-i", "/etc/grid/key"), "true"))
                        .server()
                        .key())
                .hasValue(Path.of("/etc/grid/key"));
    }

    @Test
    public void aDestroyedOneEndsAndSoDoesItsInputThere() throws Exception {
        Path ended = folder.getRoot().toPath().resolve("ended");
        Process process = ssh(client, List.of(), "echo begins; cat >/dev/null; touch " + ended);
        assertThat(process.inputReader().readLine()).isEqualTo("begins");

        process.toHandle().destroyForcibly();
        process.waitFor();
        while (!Files.exists(ended)) {
            Thread.onSpinWait();
        }
    }

    @Test
    public void theFirstConnectionsMayBeginAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            sessions.close();
            client = client(server.knownHosts(), Optional.empty());
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                processes.add(ssh(client, List.of(), "echo hello"));
            }
            for (Process process : processes) {
                assertThat(output(process)).isEqualTo("hello\n");
            }
        }
    }

    @Test
    public void aPortThereLeadsBackHere() throws Exception {
        int port = 20_000 + new SecureRandom().nextInt(12_000); // as those that are forwarded
        try (var here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = ssh(
                    client, List.of("-R", "127.0.0.1:" + port + ":127.0.0.1:" + here.getLocalPort()), "echo up; cat");
            assertThat(process.inputReader().readLine()).isEqualTo("up");

            try (var dialled = new Socket(InetAddress.getLoopbackAddress(), port);
                    Socket accepted = here.accept()) {
                dialled.getOutputStream().write(42);
                assertThat(accepted.getInputStream().read()).isEqualTo(42);
            }
            process.destroy();
        }
    }

    @Test
    public void theAgentSignsForTheUser() throws Exception {
        Path socket = folder.getRoot().toPath().resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            agent.inputReader().readLine(); // it says where it listens when it does
            var add = new ProcessBuilder("ssh-add", "-q", server.file("user").toString());
            add.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertThat(add.inheritIO().start().waitFor()).isZero();
            Files.delete(server.file("user"));
            sessions.close();
            client = client(server.knownHosts(), Optional.of(socket));

            assertThat(output(ssh(client, List.of(), "echo hello"))).isEqualTo("hello\n");
        } finally {
            agent.destroy();
        }
    }

    @Test
    public void anAgentThatHasEndedKeepsNoKeyFileFromBeingTried() throws Exception {
        Path stale = folder.getRoot().toPath().resolve("stale");
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(stale));
        }
        assertThat(stale).as("its socket is there").exists();
        sessions.close();
        client = client(server.knownHosts(), Optional.of(stale));

        assertThat(output(ssh(client, List.of(), "echo hello"))).isEqualTo("hello\n");
    }

    @Test
    public void aKeyThatOneFileRevokesIsRefusedThoughAnotherKnowsIt() throws Exception {
        String key = Files.readString(server.file("host.pub"));
        for (String hosts : List.of("*", "127.0.0.1", "[127.0.0.1]:" + server.port())) {
            Path revoking = folder.newFile().toPath();
            Files.writeString(revoking, "@revoked " + hosts + " " + key);
            for (List<Path> files :
                    List.of(List.of(server.knownHosts(), revoking), List.of(revoking, server.knownHosts()))) {
                sessions.close();
                client = client(files, Optional.empty());

                assertThat(output(ssh(client, List.of(), "echo hello")))
                        .as(hosts)
                        .contains("Host key verification failed")
                        .doesNotContain("hello");
            }
        }
    }

    @Test
    public void revokingTheKeyOfAnotherHostIsOfNoConcern() throws Exception {
        Path revoking = folder.newFile().toPath();
        Files.writeString(revoking, "@revoked node9 " + Files.readString(server.file("host.pub")));
        sessions.close();
        client = client(List.of(server.knownHosts(), revoking), Optional.empty());

        assertThat(output(ssh(client, List.of(), "echo hello"))).isEqualTo("hello\n");
    }

    @Test
    public void whatChangesTheWayOrTheKnownKeysAndIsNotUnderstoodIsRefused() throws Exception {
        for (String line : List.of(
                "ProxyCommand reboot",
                "HostKeyAlias other",
                "UserKnownHostsFile /dev/null",
                "GlobalKnownHostsFile /dev/null",
                "KnownHostsCommand /bin/true",
                "RevokedHostKeys /etc/revoked")) {
            String keyword = line.split(" ")[0];
            Files.writeString(server.configuration(), "Host node7\n  " + line + "\n");
            sessions.close();
            client = client(server.knownHosts(), Optional.empty());
            Process process = ssh(client, List.of(), "echo hello");

            assertThat(output(process))
                    .contains(server.configuration() + " has a line " + keyword + " for node7")
                    .doesNotContain("hello");
            assertThat(process.waitFor()).isEqualTo(255);
        }
    }

    /** The host behind is known by its own name and port, not by the port here that leads there. */
    @Test
    public void aHostIsReachedThroughAnotherThatTheConfigurationNames() throws Exception {
        try (var behind = new Server(folder.newFolder("behind").toPath(), new SystemProcesses())) {
            Files.writeString(
                    server.configuration(),
                    "Host gate\n  HostName 127.0.0.1\n  Port " + server.port() + "\n  User ann\n  IdentityFile "
                            + server.file("user") + "\nHost node7\n  HostName 127.0.0.1\n  Port " + behind.port()
                            + "\n  User ann\n  IdentityFile " + behind.file("user") + "\n  ProxyJump gate\n");
            Path both = folder.newFile().toPath();
            Files.writeString(both, Files.readString(server.knownHosts()) + Files.readString(behind.knownHosts()));
            sessions.close();
            client = client(both, Optional.empty());

            assertThat(output(ssh(client, List.of(), "echo hello"))).isEqualTo("hello\n");

            sessions.close();
            client = client(server.knownHosts(), Optional.empty());
            assertThat(output(ssh(client, List.of(), "echo hello"))).contains("Host key verification failed");

            sessions.close();
            client = client(behind.knownHosts(), Optional.empty());
            assertThat(output(ssh(client, List.of(), "echo hello"))).doesNotContain("hello");
        }
    }

    @Test
    public void aConnectionThatEndsBeforeTheCommandSaysSo() throws Exception {
        Process process = ssh(client, List.of(), "echo begins; cat >/dev/null");
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).isEqualTo("begins");

        server.close();

        assertThat(out.lines()).containsExactly("the connection was closed");
        assertThat(process.waitFor()).isEqualTo(255);
    }

    @Test
    public void nothingStaysOpenOfWhatHasEndedOrNeverBegan() throws Exception {
        assertThat(output(ssh(client, List.of(), "echo hello"))).isEqualTo("hello\n");
        long before = openFiles();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> client.start(hop(), command(List.of("-q"), "cat")))
                    .isInstanceOf(IOException.class);
            Process process = ssh(client, List.of(), "echo hello");
            assertThat(output(process)).isEqualTo("hello\n");
            process.waitFor();
        }

        while (openFiles() >= before + 20) { // each would leave one at least; its thread may be about to close them
            Thread.onSpinWait();
        }
    }

    private static long openFiles() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    private static Hop hop() {
        return new Hop("ssh", Optional.empty(), "node7", List.of("ssh"));
    }

    private static List<String> command(List<String> options, String line) {
        var command = new ArrayList<>(List.of("ssh", "-T", "-o", "BatchMode=yes"));
        command.addAll(options);
        command.addAll(List.of("--", "node7", line));
        return command;
    }

    private static Process ssh(MinaClient client, List<String> options, String line) throws IOException {
        return client.start(hop(), command(options, line));
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
