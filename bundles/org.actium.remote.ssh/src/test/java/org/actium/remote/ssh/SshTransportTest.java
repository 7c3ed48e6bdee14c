package org.actium.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.UnreachableException;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RuntimeLinks;
import org.actium.remote.spi.Transport;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.actium.ssh.mina.MinaSessions;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** Two runtimes, and between them a real ssh server of this host with keys of its own; with each client there is. */
@RunWith(Parameterized.class)
public class SshTransportTest {

    @Parameters(name = "{0}")
    public static List<String> clients() {
        return List.of("program", "mina");
    }

    @Parameter
    public String client;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Path SERVER = Path.of("/usr/sbin/sshd");

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Random random = new Random(9);
    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closings = new LinkedBlockingQueue<>();
    private Path configuration;
    private Process server;
    private MinaSessions mina;

    @Before
    public void startServer() throws Exception {
        assumeTrue("openssh-server is not installed; itests/testbed/hosts installs it", Files.isExecutable(SERVER));
        Path directory = folder.getRoot().toPath().toRealPath();
        for (String key : List.of("host", "user")) {
            run(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    directory.resolve(key).toString());
        }
        Files.copy(directory.resolve("user.pub"), directory.resolve("authorized"));
        int port = freePort();
        Path serverConfiguration =
                Files.writeString(directory.resolve("sshd_config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s/host
                AuthorizedKeysFile %s/authorized
                PidFile none
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                """.formatted(port, directory, directory));
        configuration = Files.writeString(directory.resolve("config"), """
                Host login
                    HostName 127.0.0.1
                    Port %d
                    IdentityFile %s/user
                    IdentitiesOnly yes
                %s
                """.formatted(
                        port, directory, client.equals("program") ? """
                    StrictHostKeyChecking yes
                    UserKnownHostsFile %s
                    LogLevel ERROR
                """.formatted(knownHosts(directory)) : ""));
        Files.writeString(
                knownHosts(directory), "[127.0.0.1]:" + port + " " + Files.readString(directory.resolve("host.pub")));
        mina = new MinaSessions(configuration, List.of(knownHosts(directory)), Optional.empty());
        opened.add(mina);
        Files.createDirectories(Path.of("/run/sshd"));
        server = new ProcessBuilder(SERVER.toString(), "-D", "-e", "-f", serverConfiguration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        awaitPort(port);
    }

    private static Path knownHosts(Path directory) {
        return directory.resolve("known_hosts");
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void awaitPort(int port) {
        while (server.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("sshd has ended with " + server.exitValue());
    }

    @After
    public void stopAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        time.close();
        if (server != null) {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
        }
    }

    private RuntimeLinks runtime(String name, String gateways) {
        return runtime(name, gateways, UnaryOperator.identity());
    }

    private RuntimeLinks runtime(String name, String gateways, UnaryOperator<Transport> network) {
        LocalRuntime runtime = new LocalRuntime(name, random);
        DomainSecurity security = new DomainSecurity(runtime, time, random, DomainSettings.DEFAULT);
        TcpTransport tcp = new TcpTransport(threads, security);
        RuntimeLinks links = new RuntimeLinks(
                runtime,
                network.apply(tcp),
                new Ports(time, threads, random),
                LinkSettings.WITH_CERTIFICATES,
                new Endpoint("127.0.0.1", 0),
                security);
        Passage.Opening ssh = client.equals("program")
                ? new Program("ssh", Optional.of(configuration.toString()), threads)
                : new InThisJvm(client, List.of(mina), System::nanoTime);
        links.addTransport(new SshTransport(tcp, threads, security, ssh, gateways, System::nanoTime));
        links.handle(Channel.OBJECTS, (from, frame) -> received.add(frame.getInt()));
        links.listen(new LinkListener() {
            @Override
            public void closed(Link link, String reason) {
                closings.add(name + " " + reason);
            }
        });
        opened.add(links);
        opened.add(security);
        return links;
    }

    private static Endpoint endpoint(RuntimeLinks links) {
        return links.self().endpoints().getFirst();
    }

    private static void send(Link link, int number) {
        link.send(Channel.OBJECTS, ByteBuffer.allocate(100_000).putInt(0, number));
    }

    /** Both are of one domain then, and no link is left. */
    private void joinAndLeave(RuntimeLinks outside, RuntimeLinks inside, Endpoint way) throws InterruptedException {
        Link joined = outside.join(way, inside.issue(MINUTE), MINUTE);
        send(joined, 0);
        received.take();
        joined.close("joined");
        closings.take();
        closings.take();
    }

    @Test
    public void aRuntimeIsJoinedAndReachedThroughAnSshServer() throws Exception {
        RuntimeLinks inside = runtime("inside", "");
        RuntimeLinks outside = runtime("outside", "");
        Endpoint way = new Endpoint("ssh", "login", endpoint(inside).port());

        Link link = outside.join(way, inside.issue(MINUTE), MINUTE);
        assertThat(link.peer().id()).isEqualTo(inside.self().id());
        assertThat(link.route()).isEqualTo("ssh " + endpoint(inside) + " behind login");
        for (int i = 0; i < 20; i++) {
            send(link, i);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(received.take()).isEqualTo(i);
        }
        send(inside.existing(outside.self().id()).orElseThrow(), 77);
        assertThat(received.take()).isEqualTo(77);

        link.close("enough");
        assertThat(List.of(closings.take(), closings.take()))
                .containsExactlyInAnyOrder("outside enough", "inside closed by outside: enough");
    }

    @Test
    public void aGatewayIsUsedWhereTheDirectWayFails() throws Exception {
        Queue<Endpoint> tried = new ConcurrentLinkedQueue<>();
        RuntimeLinks inside = runtime("inside", "");
        RuntimeLinks outside =
                runtime("outside", "inside.invalid=nowhere.invalid,127.*=login", tcp -> new Walled(tcp, tried));
        Endpoint way = new Endpoint("ssh", "login", endpoint(inside).port());
        joinAndLeave(outside, inside, way);
        assertThat(tried).isEmpty();

        Link link = outside.to(inside.self());

        assertThat(tried).as("the direct way was tried").contains(endpoint(inside));
        assertThat(link.route()).isEqualTo("ssh " + endpoint(inside) + " behind login");
        send(link, 1);
        assertThat(received.take()).isEqualTo(1);
        send(inside.existing(outside.self().id()).orElseThrow(), 2);
        assertThat(received.take()).isEqualTo(2);
    }

    @Test
    public void aGatewayThatLeadsNowhereSaysSo() throws Exception {
        RuntimeLinks inside = runtime("inside", "");
        RuntimeLinks outside = runtime("outside", "127.*=login");
        joinAndLeave(outside, inside, endpoint(inside));
        // nobody listens there, so that only the way through the server is left, and that leads to the same place
        RuntimeAddress dead =
                new RuntimeAddress(inside.self().id(), "inside", List.of(new Endpoint("127.0.0.1", freePort())));
        assertThatThrownBy(() -> outside.to(dead))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("ssh@login:")
                .hasMessageContaining("Connection refused");
    }

    @Test
    public void aServerWhoseKeyIsNotKnownIsRefused() throws Exception {
        Path known = knownHosts(configuration.getParent());
        String port = Files.readString(known).split(" ")[0];
        Files.writeString(known, port + " " + Files.readString(configuration.resolveSibling("user.pub")));
        RuntimeLinks inside = runtime("inside", "");
        RuntimeLinks outside = runtime("outside", "");
        RuntimeAddress behind = new RuntimeAddress(
                inside.self().id(),
                "inside",
                List.of(new Endpoint("ssh", "login", endpoint(inside).port())));
        assertThatThrownBy(() -> outside.to(behind))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("ssh@login:" + endpoint(inside).port())
                .hasMessageContaining("Host key verification failed");
        assertThat(inside.all()).isEmpty();
    }

    @Test
    public void saysWhatSshSays() {
        RuntimeLinks outside = runtime("outside", "");
        RuntimeAddress elsewhere = new RuntimeAddress(
                runtime("inside", "").self().id(), "inside", List.of(new Endpoint("ssh", "nowhere.invalid", 1)));
        assertThatThrownBy(() -> outside.to(elsewhere))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("Could not resolve hostname nowhere.invalid");
    }

    @Test
    public void aLinkOutlivesItsTunnelIfThereIsAnotherWay() throws Exception {
        RuntimeLinks inside = runtime("inside", "");
        RuntimeLinks outside = runtime("outside", "");
        Link link = outside.join(new Endpoint("ssh", "login", endpoint(inside).port()), inside.issue(MINUTE), MINUTE);
        send(link, 1);
        assertThat(received.take()).isEqualTo(1);
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        send(link, 2);
        assertThat(received.take()).isEqualTo(2);
        assertThat(link.isOpen()).isTrue();
    }
}
