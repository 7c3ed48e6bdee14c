package org.actium.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.Instance;
import org.actium.launcher.state.StateRoot;

/** {@code actium status}. */
public final class StatusCommand implements Command {

    private final StateRoot states;
    private final Terminal terminal;

    public StatusCommand(StateRoot states, Terminal terminal) {
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("status", "Tells which containers are running; exit code 4 if none is")
                .option("--name", "<name>", "only this one; default all")
                .flag("--json", "prints an array of objects");
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        var running = new ArrayList<ContainerStatus>();
        for (Instance instance : selected(options)) {
            ContainerStatus.of(instance).ifPresent(running::add);
        }
        if (options.has("--json")) {
            terminal.out().println(new ObjectMapper().writeValueAsString(running));
        } else if (running.isEmpty()) {
            terminal.out()
                    .println(options.value("--name")
                            .map(name -> "container '" + name + "' is not running")
                            .orElse("no container is running"));
        } else {
            running.forEach(container -> terminal.out().println(container.text()));
        }
        return running.isEmpty() ? ExitCode.NOT_RUNNING : ExitCode.OK;
    }

    private List<Instance> selected(Options options) throws IOException {
        return options.value("--name").isPresent()
                ? List.of(states.instance(options.value("--name").get()))
                : states.instances();
    }
}
