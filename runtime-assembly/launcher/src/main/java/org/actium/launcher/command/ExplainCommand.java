package org.actium.launcher.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.StateRoot;

/**
 * {@code actium explain}: what a deployment of a running container has come to; what is none there is left to the command
 * that knows descriptors.
 */
public final class ExplainCommand implements Command {

    private static final String NAME = "--name";

    private final Command descriptors;
    private final StateRoot states;
    private final Terminal terminal;

    /** @param descriptors explains elements, and ids of descriptors */
    public ExplainCommand(Command descriptors, StateRoot states, Terminal terminal) {
        this.descriptors = descriptors;
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return descriptors.syntax();
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        List<String> typed = options.operands();
        boolean named = typed.stream().anyMatch(word -> word.equals(NAME) || word.startsWith(NAME + "="));
        boolean id = typed.size() == 1 && !typed.getFirst().startsWith("-");
        if (!named && !(id && isRunning())) {
            return descriptors.run(options);
        }
        var asked = Options.parse(
                RunningInstance.addTo(
                        Syntax.of(syntax().name(), syntax().summary()).operands("<deployment>", 1, 1)),
                typed);
        Optional<String> explanation = explanation(asked);
        if (explanation.isEmpty() && !named) {
            return descriptors.run(options);
        }
        terminal.out()
                .print(explanation.orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "there is no deployment '" + asked.operands().getFirst() + "'")));
        terminal.out().flush();
        return ExitCode.OK;
    }

    private boolean isRunning() throws IOException {
        return states.instance(DaemonOptions.DEFAULT_NAME)
                .running()
                .filter(daemon -> daemon.http() != null)
                .isPresent();
    }

    private Optional<String> explanation(Options asked) throws IOException, InterruptedException {
        String id = URLEncoder.encode(asked.operands().getFirst(), StandardCharsets.UTF_8);
        return new DaemonApi(new RunningInstance(states, asked)).text("deployments/" + id + "/explanation");
    }
}
