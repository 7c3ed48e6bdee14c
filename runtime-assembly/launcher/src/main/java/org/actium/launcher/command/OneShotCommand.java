package org.actium.launcher.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.container.Container;
import org.actium.launcher.container.Containers;
import org.actium.launcher.container.Logging;

/** A command that a bundle offers: starts a container in this process, has the bundle do it, and stops the container. */
public final class OneShotCommand implements Command {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Syntax syntax;
    private final Containers containers;
    private final Map<String, String> environment;

    /** @param syntax its name is the one that the bundle offers the command under */
    public OneShotCommand(Syntax syntax, Containers containers, Map<String, String> environment) {
        this.syntax = syntax;
        this.containers = containers;
        this.environment = environment;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        Logging.configure("warn", false, environment);
        try (Container container = containers.start("node", Map.of(), Optional.empty())) {
            container.awaitComponents(START_LIMIT);
            return container
                    .command(syntax.name())
                    .applyAsInt(options.operands().toArray(String[]::new));
        }
    }
}
