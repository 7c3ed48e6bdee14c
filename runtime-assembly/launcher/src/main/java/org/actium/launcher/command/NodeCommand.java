package org.actium.launcher.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.container.BootRequest;
import org.actium.launcher.container.Container;
import org.actium.launcher.container.Containers;
import org.actium.launcher.container.Logging;

/** A container that another one has started: reads from standard input whom to join, and runs until it is stopped. */
public final class NodeCommand implements Command {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Containers containers;
    private final Terminal terminal;
    private final Map<String, String> environment;

    public NodeCommand(Containers containers, Terminal terminal, Map<String, String> environment) {
        this.containers = containers;
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("node", "Runs a container for the one that started it")
                .option("--boot", "-", "reads whom to join from standard input")
                .hidden();
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        if (!options.value("--boot").equals(Optional.of("-"))) {
            throw CommandFailure.usage("wants --boot -");
        }
        Logging.configure("info", false, environment);
        BootRequest request = BootRequest.read(terminal.in());
        try (Container container =
                containers.start("node", request.frameworkProperties(), Optional.of(request.joinToken()))) {
            container.awaitComponents(START_LIMIT);
            container.awaitStop();
            return ExitCode.OK;
        }
    }
}
