package org.actium.launcher.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.state.DaemonRecord;
import org.actium.launcher.state.Instance;
import org.actium.launcher.state.StateRoot;

/** The running container that {@code --name} selects. */
final class RunningInstance {

    private final Instance instance;
    private final DaemonRecord daemon;

    static Syntax addTo(Syntax syntax) {
        return syntax.option("--name", "<name>", "which container; default '" + DaemonOptions.DEFAULT_NAME + "'");
    }

    /** @throws CommandFailure if it is not running; names those that are */
    RunningInstance(StateRoot states, Options options) throws IOException {
        instance = states.instance(options.value("--name").orElse(DaemonOptions.DEFAULT_NAME));
        daemon = instance.running().orElse(null);
        if (daemon == null) {
            throw new CommandFailure(
                    ExitCode.NOT_RUNNING, "container '" + instance.name() + "' is not running" + others(states));
        }
    }

    private static String others(StateRoot states) throws IOException {
        List<String> running = new ArrayList<>();
        for (Instance other : states.instances()) {
            if (other.running().isPresent()) {
                running.add("'" + other.name() + "'");
            }
        }
        return running.isEmpty()
                ? "; start it with 'actium start'"
                : "; running: " + String.join(", ", running) + " (choose with --name)";
    }

    String name() {
        return instance.name();
    }

    Instance instance() {
        return instance;
    }

    DaemonRecord daemon() {
        return daemon;
    }

    ProcessHandle process() {
        return daemon.process()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_RUNNING, "container '" + instance.name() + "' has just ended by itself"));
    }
}
