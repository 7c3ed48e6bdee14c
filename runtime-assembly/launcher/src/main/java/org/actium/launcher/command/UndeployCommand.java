package org.actium.launcher.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.StateRoot;

/** {@code actium undeploy}: returns when no process of the deployment is left. */
public final class UndeployCommand implements Command {

    private final StateRoot states;
    private final Terminal terminal;

    public UndeployCommand(StateRoot states, Terminal terminal) {
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return RunningInstance.addTo(
                Syntax.of("undeploy", "Ends a deployment and all it started").operands("<id>", 1, 1));
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        String id = options.operands().getFirst();
        new DaemonApi(new RunningInstance(states, options))
                .delete("deployments/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        terminal.out().println(id + " UNDEPLOYED");
        return ExitCode.OK;
    }
}
