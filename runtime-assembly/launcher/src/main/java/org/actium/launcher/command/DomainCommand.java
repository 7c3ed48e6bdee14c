package org.actium.launcher.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.StateRoot;

/** {@code actium domain expel}: ends the membership of a runtime. */
public final class DomainCommand implements Command {

    private static final String EXPEL = "expel";

    private final StateRoot states;
    private final Terminal terminal;

    public DomainCommand(StateRoot states, Terminal terminal) {
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return RunningInstance.addTo(Syntax.of("domain", "Ends the membership of a linked runtime, by name or identity")
                .operands(EXPEL + " <runtime>", 2, 2));
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        String action = options.operands().getFirst();
        if (!action.equals(EXPEL)) {
            throw CommandFailure.usage("domain can '" + EXPEL + "' a runtime, and nothing called '" + action + "'");
        }
        String runtime = options.operands().get(1);
        new DaemonApi(new RunningInstance(states, options))
                .delete("domain/members/"
                        + URLEncoder.encode(runtime, StandardCharsets.UTF_8).replace("+", "%20"));
        terminal.out().println(runtime + " EXPELLED");
        return ExitCode.OK;
    }
}
