package org.actium.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
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
 * arguments only those for the container are read here; the bundle gets the others.
 */
public final class OneShotCommand implements Command {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String OUTLIVE = "--outlive";

    private final Syntax syntax;
    private final String assembly;
    private final Containers containers;
    private final Map<String, String> environment;

    /**
     * @param syntax its name is the one that the bundle offers the command under
     * @param assembly of the container
     */
    public OneShotCommand(Syntax syntax, String assembly, Containers containers, Map<String, String> environment) {
        this.syntax = syntax;
        this.assembly = assembly;
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
        take("--listen", "<host:port>", arguments).ifPresent(address -> properties.put("actium.listen", address));
        Optional<String> join = take("--join", "<host:port>", arguments);
        Optional<TokenFile> tokens =
                take("--token-file", "<file>", arguments).map(file -> new TokenFile(Path.of(file)));
        if (join.isPresent() != tokens.isPresent()) {
            throw CommandFailure.usage("--join <host:port> and --token-file <file> belong together");
        }
        join.ifPresent(address -> {
            properties.put("actium.parent", address);
            properties.put("actium.ft.run", "own"); // whatever else has joined there has nothing to do with it
        });
        if (own(arguments).remove(OUTLIVE)) {
            if (join.isEmpty()) {
                throw CommandFailure.usage(OUTLIVE + " is for --join: whom would it outlive?");
            }
            properties.put("actium.parent.keep", "true");
        }
        if (own(arguments).remove(DaemonOptions.PUSH_JAVA)) {
            properties.put("actium.push.java", "true");
        }
        Optional<String> token = tokens.isPresent() ? Optional.of(tokens.get().required()) : Optional.empty();
        try (Container container = containers.start(assembly, properties, token)) {
            container.awaitComponents(START_LIMIT);
            if (join.isPresent()) {
                boolean joined = container.awaitEvent("joined", DaemonCommand.JOIN_LIMIT);
                tokens.get().drop();
                if (!joined) {
                    throw CommandFailure.environment("has not joined " + join.get()
                            + "; is a container there, and is the token unused and not too old?");
                }
            }
            return container.command(syntax.name()).applyAsInt(arguments.toArray(String[]::new));
        }
    }

    /** Those that are not meant for an application. */
    private static List<String> own(List<String> arguments) {
        return arguments.subList(0, arguments.contains("--") ? arguments.indexOf("--") : arguments.size());
    }

    /** Takes the option out of the arguments. */
    private static Optional<String> take(String option, String value, List<String> arguments) {
        int end = own(arguments).size();
        for (int i = 0; i < end; i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(option + "=")) {
                arguments.remove(i);
                return Optional.of(argument.substring(option.length() + 1));
            }
            if (argument.equals(option)) {
                if (i + 1 == end) {
                    throw CommandFailure.usage("option " + option + " " + value + " has no value");
                }
                arguments.remove(i);
                return Optional.of(arguments.remove(i));
            }
        }
        return Optional.empty();
    }
}
