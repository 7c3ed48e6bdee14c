package org.actium.launcher.command;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.StateRoot;

/**
 * {@code actium stop}: stops a container that {@code start} has started, with all it deployed; kills one that does not
 * stop.
 */
public final class StopCommand implements Command {

    private static final long LIMIT_SECONDS = 60;

    private final StateRoot states;
    private final Terminal terminal;

    public StopCommand(StateRoot states, Terminal terminal) {
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return RunningInstance.addTo(Syntax.of("stop", "Stops a container, with everything it deployed"));
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        var selected = new RunningInstance(states, options);
        ProcessHandle process = selected.process();
        process.destroy();
        try {
            process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException busy) {
            process.destroyForcibly();
            process.onExit().join();
            selected.instance().retract();
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "container '" + selected.name() + "' with pid " + process.pid() + " still ran after "
                            + LIMIT_SECONDS + " s and was killed; what it deployed ends when its lease does. Its log"
                            + " says more: " + selected.instance().log(),
                    busy);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        selected.instance().retract();
        terminal.out().println("container '" + selected.name() + "' is stopped");
        return ExitCode.OK;
    }
}
