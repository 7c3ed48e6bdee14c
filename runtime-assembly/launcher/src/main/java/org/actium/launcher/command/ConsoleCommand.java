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

    private final StateRoot states;
    private final Terminal terminal;

    public ConsoleCommand(StateRoot states, Terminal terminal) {
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return RunningInstance.addTo(Syntax.of("console", "Opens the shell of a running container")
                .option("-c", "<command>", "runs this command and returns"));
    }

    @Override
    public int run(Options options) throws IOException {
        var selected = new RunningInstance(states, options);
        try (SocketChannel channel = connect(selected)) {
            Optional<String> command = options.value("-c");
            if (command.isPresent()) {
                terminal.out().print(answer(command.get(), channel));
                terminal.out().flush();
            } else {
                Thread.ofPlatform().daemon().name("console-input").start(() -> copyInput(channel));
                copy(Channels.newInputStream(channel), terminal.out());
            }
            return ExitCode.OK;
        }
    }

    /** What the shell writes between the prompt for this command and the prompt for the next. */
    private static String answer(String command, SocketChannel channel) throws IOException {
        channel.write(StandardCharsets.UTF_8.encode(command + "\n"));
        channel.shutdownOutput();
        String session = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        String afterPrompt = session.startsWith(PROMPT) ? session.substring(PROMPT.length()) : session;
        return afterPrompt.endsWith(PROMPT)
                ? afterPrompt.substring(0, afterPrompt.length() - PROMPT.length())
                : afterPrompt;
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
