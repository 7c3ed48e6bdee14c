package org.actium.launcher.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.container.Container;
import org.actium.launcher.container.Containers;
import org.actium.launcher.container.Logging;

/**
 * A command that a bundle offers: starts a container in this process, has the bundle do it, and stops the container. Of the
 * arguments only {@code --listen} is read here, since it is for the container; the bundle gets the others.
 */
public final class OneShotCommand implements Command {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String LISTEN = "--listen";

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
        List<String> arguments = new ArrayList<>(options.operands());
        var properties = new HashMap<String, String>();
        listen(arguments).ifPresent(address -> properties.put("actium.listen", address));
        if (own(arguments).remove(DaemonOptions.PUSH_JAVA)) {
            properties.put("actium.push.java", "true");
        }
        try (Container container = containers.start("node", properties, Optional.empty())) {
            container.awaitComponents(START_LIMIT);
            return container.command(syntax.name()).applyAsInt(arguments.toArray(String[]::new));
        }
    }

    /** Those that are not meant for an application. */
    private static List<String> own(List<String> arguments) {
        return arguments.subList(0, arguments.contains("--") ? arguments.indexOf("--") : arguments.size());
    }

    /** Takes the option out of the arguments. */
    private static Optional<String> listen(List<String> arguments) {
        int end = own(arguments).size();
        for (int i = 0; i < end; i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(LISTEN + "=")) {
                arguments.remove(i);
                return Optional.of(argument.substring(LISTEN.length() + 1));
            }
            if (argument.equals(LISTEN)) {
                if (i + 1 == end) {
                    throw CommandFailure.usage("option --listen <host:port> has no value");
                }
                arguments.remove(i);
                return Optional.of(arguments.remove(i));
            }
        }
        return Optional.empty();
    }
}
