package org.actium.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.actium.ssh.api.SshServer;
import org.actium.ssh.api.SshSession;
import org.actium.ssh.api.SshStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

public class MinaSessionsTest {

    private static final SshServer LOGIN = SshServer.of("login");
    private static final Duration LONG = Duration.ofSeconds(30);

    /** States of sockets, as Linux writes them. */
    private static final List<String> OPEN_OR_OPENING = List.of("01", "02");

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Server server;
    private MinaSessions sessions;

    @Before
    public void start() throws Exception {
        server = new Server(folder.newFolder("sshd").toPath());
        sessions = new MinaSessions(server.configuration(), List.of(server.knownHosts()), Optional.empty());
    }

    @After
    public void stop() throws IOException {
        sessions.close();
        server.close();
    }

    @Test
    public void whatIsWrittenArrivesInBothDirectionsToItsEnd() throws Exception {
        byte[] much = new byte[5_000_000];
        new Random(1).nextBytes(much);
        try (ServerSocket behind = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SshSession session = sessions.open(LOGIN, LONG)) {
            SshStream stream = session.connect("127.0.0.1", behind.getLocalPort(), LONG);
            try (Socket there = behind.accept()) {
                CompletableFuture<byte[]> echoed = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> {
                    try {
                        echoed.complete(stream.input().readAllBytes());
                    } catch (IOException failed) {
                        echoed.completeExceptionally(failed);
                    }
                });
                Thread.ofVirtual().start(() -> {
                    try (var output = stream.output()) {
                        output.write(much);
                    } catch (IOException failed) {
                        echoed.completeExceptionally(failed);
                    }
                });
                byte[] arrived = there.getInputStream().readAllBytes();
                assertThat(arrived).isEqualTo(much);
                there.getOutputStream().write(arrived);
                there.shutdownOutput();
                assertThat(echoed.get()).isEqualTo(much);
            }
        }
    }

    @Test
    public void toAuthenticateIsLeftWhatConnectingHasNotTaken() throws Exception {
        var looks = new AtomicLong();
        try (var late = new MinaSessions(
                server.configuration(),
                List.of(server.knownHosts()),
                Optional.empty(),
                () -> looks.getAndIncrement() * LONG.toNanos())) {
            assertThatThrownBy(() -> late.open(LOGIN, LONG))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(" has not answered for 30000 ms");
            late.open(LOGIN, LONG.plusSeconds(30)).close();
        }
    }

    @Test
    public void aSessionThatIsCutEndsItsStreamOnBothSides() throws Exception {
        try (ServerSocket behind = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SshSession session = sessions.open(LOGIN, LONG);
            SshStream stream = session.connect("127.0.0.1", behind.getLocalPort(), LONG);
            try (Socket there = behind.accept()) {
                session.cut();
                assertThat(there.getInputStream().read()).isEqualTo(-1);
                assertThat(stream.input().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    public void whatIsNotThereIsNamedWithTheServer() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        try (SshSession session = sessions.open(LOGIN, LONG)) {
            assertThatThrownBy(() -> session.connect("127.0.0.1", nobody, LONG))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("login has not connected to 127.0.0.1:" + nobody + ": ");
        }
    }

    @Test
    public void aHostWithAnotherKeyThanTheKnownIsRefusedAndNoneIsAdded() throws Exception {
        String other = "[127.0.0.1]:" + server.port() + " "
                + Files.readString(server.key("other").resolveSibling("other.pub"));
        for (String known : List.of(other, "")) {
            Files.writeString(server.knownHosts(), known);
            assertThatThrownBy(() -> sessions.open(LOGIN, LONG))
                    .as(known)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Host key verification failed")
                    .hasMessageContaining("127.0.0.1:" + server.port());
            assertThat(server.knownHosts()).hasContent(known);
        }
    }

    @Test
    public void aKeyThatTheServerDoesNotKnowIsDenied() throws Exception {
        server.configure(server.port(), server.key("stranger"));
        assertThatThrownBy(() -> sessions.open(LOGIN, LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Permission denied")
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @Test
    public void aServerThatAcceptsAndSaysNothingIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.configure(silent.getLocalPort(), server.key("another"));
            assertThatThrownBy(() -> sessions.open(LOGIN, Duration.ofMillis(200)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("127.0.0.1:" + silent.getLocalPort() + " has not answered for 200 ms");
            try (Socket given = silent.accept()) {
                given.getInputStream().readAllBytes(); // ends only because the other side has closed it
            }
        }
    }

    /** Linux drops what asks for a place in the queue of a listener when that is full; the other side asks again a second later. */
    @Test
    public void aConnectionThatComesAfterItWasGivenUpIsClosed() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var waiting = new ArrayList<Socket>();
            for (int i = 0; i < 2; i++) {
                waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            server.configure(full.getLocalPort(), server.key("another"));
            assertThatThrownBy(() -> sessions.open(LOGIN, Duration.ofMillis(200)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("127.0.0.1:" + full.getLocalPort() + " has not answered for 200 ms");
            for (Socket first : waiting) {
                full.accept().close();
                first.close();
            }
            full.setSoTimeout(3_000);
            Optional<Socket> came = accepted(full);
            if (came.isEmpty()) {
                assertThat(asking(full.getLocalPort()))
                        .as("who still asks for a place")
                        .isEmpty();
                return;
            }
            try (Socket late = came.get()) {
                late.setSoTimeout(10_000);
                late.getInputStream().readAllBytes(); // ends only because the other side has closed it
            }
        }
    }

    private static Optional<Socket> accepted(ServerSocket listener) throws IOException {
        try {
            return Optional.of(listener.accept());
        } catch (SocketTimeoutException none) {
            return Optional.empty();
        }
    }

    /** The sockets of this host, as Linux shows them, whose other end is or will be that port. */
    private static List<String> asking(int port) throws IOException {
        String remote = "%04X".formatted(port);
        var asking = new ArrayList<String>();
        for (String table : List.of("tcp", "tcp6")) {
            try (Stream<String> sockets = Files.lines(Path.of("/proc/net", table))) {
                sockets.map(socket -> socket.strip().split("\\s+"))
                        .filter(socket -> socket[2].endsWith(":" + remote) && OPEN_OR_OPENING.contains(socket[3]))
                        .map(socket -> String.join(" ", socket))
                        .forEach(asking::add);
            }
        }
        return asking;
    }

    @Test
    public void aNameThatNobodyKnowsIsNamed() {
        assertThatThrownBy(() -> sessions.open(SshServer.of("nowhere.invalid"), LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Could not resolve hostname nowhere.invalid");
    }
}
