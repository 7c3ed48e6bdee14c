package org.actium.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.actium.runtime.core.SystemThreads;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

public class ConsoleSocketTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Gogo gogo = new Gogo();

    private Path state;

    /** Commands for the tests. */
    public static final class Sample {
        public String twice(String word) {
            return word + word;
        }

        public String fail(String how) {
            switch (how) {
                case "error" -> throw new NoClassDefFoundError("org/example/Gone");
                case "silent" -> throw new IllegalStateException();
                default -> throw new IllegalStateException("cannot " + how);
            }
        }
    }

    @Before
    public void addCommands() {
        state = folder.getRoot().toPath().resolve("state");
        gogo.add(new Sample(), List.of("twice", "fail"));
    }

    @Test
    public void everyConnectionHasASessionOfItsOwn() throws IOException {
        try (ConsoleSocket _ = open();
                Client first = new Client();
                Client second = new Client()) {
            assertThat(first.type("word = one")).isEqualTo("one");
            assertThat(second.type("word = two")).isEqualTo("two");
            assertThat(first.type("actium:twice $word")).isEqualTo("oneone");
            assertThat(second.type("twice $word")).as("without scope").isEqualTo("twotwo");
        }
    }

    @Test
    public void aBrokenCommandEndsNothingButItself() throws IOException {
        try (ConsoleSocket _ = open();
                Client client = new Client()) {
            assertThat(client.type("fail badly")).isEqualTo("cannot badly");
            assertThat(client.type("fail silent")).isEqualTo("java.lang.IllegalStateException");
            assertThat(client.type("fail error")).isEqualTo("java.lang.NoClassDefFoundError: org/example/Gone");
            assertThat(client.type("nonsense")).contains("nonsense");
            assertThat(client.type("{ [ (")).isNotEmpty();
            assertThat(client.type("")).isEmpty();
            assertThat(client.type("twice a")).isEqualTo("aa");
        }
    }

    @Test
    public void aCommandOnItsOwnIsFollowedByWhetherItSucceeded() throws IOException {
        try (ConsoleSocket _ = open();
                Client fine = new Client();
                Client bad = new Client()) {
            fine.send(ConsoleSession.ONCE + "twice a");
            bad.send(ConsoleSession.ONCE + "fail badly");

            assertThat(fine.readToEnd()).isEqualTo("aa\n\u0000");
            assertThat(bad.readToEnd()).isEqualTo("cannot badly\n\u0001");
        }
    }

    @Test
    public void exitEndsTheConnection() throws IOException {
        try (ConsoleSocket _ = open();
                Client client = new Client()) {
            client.type("twice a");
            client.send("exit");

            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    public void closingEndsAllConnectionsAndRemovesTheFile() throws IOException {
        ConsoleSocket socket = open();
        try (Client client = new Client()) {
            client.type("twice a");
            socket.close();

            assertThat(client.readToEnd()).isEmpty();
            assertThat(state.resolve("console.sock")).doesNotExist();
        }
    }

    @Test
    public void onlyTheOwnerMayEnterTheFolder() throws IOException {
        Files.createDirectory(
                state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (ConsoleSocket _ = open()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    public void aSocketThatAKilledContainerLeftIsReplacedButNotThatOfALivingOne() throws IOException {
        Files.createDirectory(state);
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(state.resolve("console.sock")));
        killed.close(); // leaves the file

        try (ConsoleSocket _ = open();
                Client client = new Client()) {
            assertThat(client.type("twice a")).isEqualTo("aa");
            assertThatThrownBy(this::open)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("another container listens on " + state.resolve("console.sock") + "; stop it first");
        }
    }

    @Test
    public void aPathThatIsTooLongIsNamed() {
        state = state.resolve("a".repeat(120));

        assertThatThrownBy(this::open)
                .hasMessageContaining(state.toString())
                .hasMessageContaining("shorter state folder");
    }

    private ConsoleSocket open() {
        return new ConsoleSocket(state, gogo.processor(), new SystemThreads());
    }

    /** What {@code actium console} does. */
    private final class Client implements AutoCloseable {
        private final SocketChannel channel;
        private final BufferedReader in;
        private final PrintStream out;

        Client() throws IOException {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(state.resolve("console.sock")));
            in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            out = new PrintStream(Channels.newOutputStream(channel), true, StandardCharsets.UTF_8);
            assertThat(readToPrompt()).isEmpty();
        }

        /** What comes back before the next prompt, without line breaks at its end. */
        String type(String line) throws IOException {
            send(line);
            return readToPrompt();
        }

        void send(String line) {
            out.println(line);
        }

        private String readToPrompt() throws IOException {
            StringBuilder read = new StringBuilder();
            while (!read.toString().endsWith(ConsoleSession.PROMPT)) {
                int next = in.read();
                if (next < 0) {
                    throw new AssertionError("connection ended after '" + read + "'");
                }
                read.append((char) next);
            }
            return read.substring(0, read.length() - ConsoleSession.PROMPT.length())
                    .stripTrailing();
        }

        String readToEnd() throws IOException {
            StringBuilder read = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                read.append((char) next);
            }
            return read.toString();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
