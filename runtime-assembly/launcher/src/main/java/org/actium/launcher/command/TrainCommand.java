package org.actium.launcher.command;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.container.Container;
import org.actium.launcher.container.Containers;
import org.actium.launcher.container.Home;
import org.actium.launcher.container.Invitation;

/**
 * Does what containers do, for the JVM to see which classes that takes; the script {@code actium} has it record them.
 * One JVM plays both sides: a container that deploys an application, and one that joins it and runs the objects.
 */
public final class TrainCommand implements Command {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Home home;
    private final Containers containers;

    public TrainCommand(Home home, Containers containers) {
        this.home = home;
        this.containers = containers;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("train", "Does what containers do, and stops").hidden();
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        try (Container parent = start("parent", Map.of(), Optional.empty())) {
            Invitation invitation = Invitation.from(parent);
            try (Container child =
                    start("child", Map.of("actium.parent", invitation.parent()), Optional.of(invitation.token()))) {
                if (!child.awaitEvent("joined", LIMIT)) {
                    throw CommandFailure.environment("the containers do not find each other");
                }
                String descriptor = home.directory().resolve("conf/train.xml").toString();
                return parent.command("run").applyAsInt(new String[] {"hello", "--descriptor", descriptor});
            }
        }
    }

    private Container start(String name, Map<String, String> joining, Optional<String> token)
            throws IOException, InterruptedException {
        var properties = new HashMap<>(joining);
        properties.put("actium.runtime.name", name);
        Container container = containers.start("node", properties, token);
        container.awaitComponents(LIMIT);
        return container;
    }
}
