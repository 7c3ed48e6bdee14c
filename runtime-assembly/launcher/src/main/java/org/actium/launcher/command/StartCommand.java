package org.actium.launcher.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.Instance;
import org.actium.launcher.state.StateRoot;

/** {@code actium start}: starts a container in the background and returns when it is ready. */
public final class StartCommand implements Command {

    private final DaemonProcess process;
    private final StateRoot states;
    private final Terminal terminal;

    public StartCommand(DaemonProcess process, StateRoot states, Terminal terminal) {
        this.process = process;
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return DaemonOptions.addTo(Syntax.of("start", "Starts a container in the background"))
                .option(
                        "--token-file",
                        "<file>",
                        "join token for --join, or several, one to a line, of which each start takes one; without it, it is"
                                + " read from standard input");
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        DaemonOptions wanted = DaemonOptions.of(options);
        Optional<String> tokenFile = options.value("--token-file");
        if (tokenFile.isPresent() && wanted.join().isEmpty()) {
            throw CommandFailure.usage("--token-file is for --join");
        }
        Instance instance = states.instance(wanted.name());
        if (instance.running().isPresent()) {
            throw AlreadyRunning.failure(instance);
        }
        String token = wanted.join().isPresent() ? token(tokenFile) : "";
        instance.create();
        try {
            process.start(instance, wanted, token);
        } catch (CommandFailure failure) {
            if (failure.getMessage().contains("join token")) { // used, or too old
                drop(tokenFile);
            }
            throw failure;
        }
        drop(tokenFile);
        if (wanted.insecure()) {
            terminal.err()
                    .println("actium start: links of container '" + instance.name() + "' are not protected ("
                            + DaemonOptions.INSECURE
                            + "): every user of this host can read and change what they carry");
        }
        terminal.out()
                .println(ContainerStatus.of(instance)
                        .map(ContainerStatus::text)
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.FAILED,
                                "container '" + instance.name() + "' has ended again; its log says why: "
                                        + instance.log())));
        return ExitCode.OK;
    }

    private String token(Optional<String> file) throws IOException {
        return file.isPresent()
                ? new TokenFile(Path.of(file.get())).required()
                : TokenFile.requireForm(fromInput(), "on standard input");
    }

    private static void drop(Optional<String> tokenFile) throws IOException {
        if (tokenFile.isPresent()) {
            new TokenFile(Path.of(tokenFile.get())).drop();
        }
    }

    private String fromInput() throws IOException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return new String(console.readPassword("join token: ")).strip();
        }
        String line = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line.strip();
    }
}
