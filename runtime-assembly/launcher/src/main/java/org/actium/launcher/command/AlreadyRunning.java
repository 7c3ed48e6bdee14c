package org.actium.launcher.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.state.Instance;

/** The refusal to start a container twice. */
final class AlreadyRunning {

    private AlreadyRunning() {}

    static CommandFailure failure(Instance instance) {
        try {
            String pid = instance.running()
                    .map(daemon -> " with pid " + daemon.pid())
                    .orElse("");
            return CommandFailure.environment("container '" + instance.name() + "' is running already" + pid
                    + "; stop it with 'actium stop --name " + instance.name() + "', or choose another --name");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
