package org.actium.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.StateRoot;

/** A command that shows a list of the HTTP API: deployments, nodes, objects, services. */
public final class ListCommand implements Command {

    private final String resource;
    private final String summary;
    private final List<String> columns;
    private final StateRoot states;
    private final Terminal terminal;

    /**
     * @param resource its path below {@code /api/}, and the name of the command
     * @param columns fields of the objects in the list
     */
    public ListCommand(String resource, String summary, List<String> columns, StateRoot states, Terminal terminal) {
        this.resource = resource;
        this.summary = summary;
        this.columns = List.copyOf(columns);
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return RunningInstance.addTo(Syntax.of(resource, summary)).flag("--json", "prints what the HTTP API answers");
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        JsonNode list = new DaemonApi(new RunningInstance(states, options)).get(resource);
        if (options.has("--json")) {
            terminal.out().println(list);
        } else {
            terminal.out().print(Table.of(list, columns));
        }
        return ExitCode.OK;
    }
}
