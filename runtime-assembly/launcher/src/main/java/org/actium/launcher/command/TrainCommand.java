package org.actium.launcher.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.container.Container;
import org.actium.launcher.container.Containers;

/** Starts and stops a container, for the JVM to see which classes that takes; the script {@code actium} has it record them. */
public final class TrainCommand implements Command {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Containers containers;

    public TrainCommand(Containers containers) {
        this.containers = containers;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("train", "Starts and stops a container").hidden();
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        try (Container container = containers.start("node", Map.of(), Optional.empty())) {
            container.awaitComponents(START_LIMIT);
            return ExitCode.OK;
        }
    }
}
