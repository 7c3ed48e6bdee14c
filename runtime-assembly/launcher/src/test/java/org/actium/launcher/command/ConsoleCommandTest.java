package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.state.DaemonRecord;
import org.actium.launcher.state.Instance;
import org.actium.launcher.state.StateRoot;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

public class ConsoleCommandTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private StateRoot states;
    private Instance instance;

    @Before
    public void publishContainer() throws IOException {
        states = new StateRoot(folder.getRoot().toPath());
        instance = states.instance("default");
        instance.create();
        instance.publish(DaemonRecord.ofThisProcess("default", "admin", Optional.empty(), Optional.empty()));
    }

    @Test
    public void printsTheAnswerToOneCommandWithoutPrompts() throws IOException {
        var shell = new Shell();
        try (ServerSocketChannel server = listen()) {
            Thread.ofVirtual().start(() -> serve(server));

            assertThat(shell.run(console(shell), "-c", "nodes")).as(shell.err()).isZero();
        }
        assertThat(shell.out()).isEqualTo("answer to nodes\n");
    }

    @Test
    public void endsAsTheCommandEnded() throws IOException {
        var shell = new Shell();
        try (ServerSocketChannel server = listen()) {
            Thread.ofVirtual().start(() -> serve(server));

            assertThat(shell.run(console(shell), "-c", "nonsense")).isEqualTo(ExitCode.FAILED);
        }
        assertThat(shell.out()).isEqualTo("answer to nonsense\n");
    }

    @Test
    public void copiesWhatIsTypedUntilTheShellEnds() throws IOException {
        var shell = new Shell("nodes\nobjects\n");
        try (ServerSocketChannel server = listen()) {
            Thread.ofVirtual().start(() -> serve(server));

            assertThat(shell.run(console(shell))).as(shell.err()).isZero();
        }
        assertThat(shell.out()).isEqualTo("actium> answer to nodes\nactium> answer to objects\nactium> ");
    }

    @Test
    public void saysThatThereIsNoSocket() {
        var shell = new Shell();

        assertThat(shell.run(console(shell))).isEqualTo(ExitCode.FAILED);
        assertThat(shell.err()).contains("has no console at " + instance.consoleSocket());
    }

    private ConsoleCommand console(Shell shell) {
        return new ConsoleCommand(states, shell.terminal());
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(instance.consoleSocket()));
    }

    /** Answers one connection as the console of a container does. */
    private static void serve(ServerSocketChannel server) {
        try (SocketChannel connection = server.accept();
                var in = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
                var out = Channels.newWriter(connection, StandardCharsets.UTF_8)) {
            out.write("actium> ");
            out.flush();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("\u0001")) {
                    out.write("answer to " + line.substring(1) + "\n"
                            + (line.endsWith("nonsense") ? '\u0001' : '\u0000'));
                    return;
                }
                out.write("answer to " + line + "\nactium> ");
                out.flush();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
