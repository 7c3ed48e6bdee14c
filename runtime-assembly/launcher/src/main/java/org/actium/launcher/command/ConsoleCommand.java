package org.actium.launcher.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.StateRoot;

/** {@code actium console}: the shell of a running container on this terminal. */
public final class ConsoleCommand implements Command {

    private static final String PROMPT = "actium> ";

    /** Before a command that is the only one. */
    private static final String ONCE = "\u0001";

    private final StateRoot states;
    private final Terminal terminal;

    public ConsoleCommand(StateRoot states, Terminal terminal) {
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return RunningInstance.addTo(Syntax.of("console", "Opens the shell of a running container")
                .option("-c", "<command>", "runs this command and returns; exit code 1 if it fails"));
    }

    @Override
    public int run(Options options) throws IOException {
        var selected = new RunningInstance(states, options);
        try (SocketChannel channel = connect(selected)) {
            Optional<String> command = options.value("-c");
            if (command.isPresent()) {
                return once(command.get(), channel, selected);
            }
            Thread.ofPlatform().daemon().name("console-input").start(() -> copyInput(channel));
            copy(Channels.newInputStream(channel), terminal.out());
            return ExitCode.OK;
        }
    }

    /** Prints what the shell writes between its prompt and the byte that says whether the command succeeded. */
    private int once(String command, SocketChannel channel, RunningInstance selected) throws IOException {
        channel.write(StandardCharsets.UTF_8.encode(ONCE + command + "\n"));
        channel.shutdownOutput();
        byte[] session = Channels.newInputStream(channel).readAllBytes();
        int prompt = PROMPT.length();
        if (session.length <= prompt) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "container '" + selected.name() + "' ended before it had answered '" + command + "'");
        }
        terminal.out().print(new String(session, prompt, session.length - prompt - 1, StandardCharsets.UTF_8));
        terminal.out().flush();
        return session[session.length - 1] == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static SocketChannel connect(RunningInstance selected) throws IOException {
        Path socket = selected.instance().consoleSocket();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException refused) {
            channel.close();
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "container '" + selected.name() + "' has no console at " + socket + ": " + refused.getMessage(),
                    refused);
        }
    }

    /** Until the end of the input; the shell then ends, and with it the connection. */
    private void copyInput(SocketChannel channel) {
        try {
            copy(terminal.in(), Channels.newOutputStream(channel));
            channel.shutdownOutput();
        } catch (IOException closed) {
            // the shell has ended first; the other direction sees that too
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
            to.write(buffer, 0, length);
            to.flush();
        }
    }
}
