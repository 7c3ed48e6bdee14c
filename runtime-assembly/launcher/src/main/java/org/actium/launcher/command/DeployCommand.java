package org.actium.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.StateRoot;

/** {@code actium deploy}: hands a descriptor to a running container. */
public final class DeployCommand implements Command {

    private final StateRoot states;
    private final Terminal terminal;

    public DeployCommand(StateRoot states, Terminal terminal) {
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return RunningInstance.addTo(Syntax.of("deploy", "Deploys a descriptor in a running container")
                .operands("<descriptor.xml>", 1, 1)
                .option("--var", "<name>=<value>", "variable of the descriptor; may be repeated")
                .option("-D", "<name>=<value>", "Java property, for variables that come from one; may be repeated")
                .option("--no-wait", "", "end when the launches are on their way, not when the nodes have come")
                .option("--keep", "", "leave what came if the deployment fails, instead of undeploying it"));
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        String file = options.operands().getFirst();
        byte[] xml = read(file);
        var query = new StringBuilder("name=" + encoded(file));
        pairs("--var", options).forEach(variable -> query.append("&var=").append(encoded(variable)));
        pairs("-D", options).forEach(property -> query.append("&var=").append(encoded("-D" + property)));
        DaemonApi api = new DaemonApi(new RunningInstance(states, options));
        JsonNode deployment = api.post("deployments?" + query, xml);
        if (!options.has("--no-wait")) {
            deployment = await(api, deployment);
        }
        print(deployment);
        return deployment.path("state").asText().equals("FAILED")
                ? fail(api, deployment, options.has("--keep"))
                : ExitCode.OK;
    }

    /** Shows what happens, until it is ready or has failed. */
    private JsonNode await(DaemonApi api, JsonNode launched) throws IOException, InterruptedException {
        String path = "deployments/" + launched.path("id").asText();
        JsonNode deployment = launched;
        int shown = 0;
        while (deployment.path("state").asText().equals("ACTIVATING")) {
            shown += show(api.get(path + "/events?after=" + shown + "&wait=PT20S"));
            deployment = api.get(path);
        }
        show(api.get(path + "/events?after=" + shown)); // all that led to this state has happened
        return deployment;
    }

    /** How many. */
    private int show(JsonNode events) {
        events.forEach(event -> terminal.err().println(event.path("text").asText()));
        return events.size();
    }

    private static List<String> pairs(String option, Options options) {
        for (String pair : options.values(option)) {
            if (pair.indexOf('=') <= 0) {
                throw CommandFailure.usage("option " + option + " wants name=value, not '" + pair + "'");
            }
        }
        return options.values(option);
    }

    private void print(JsonNode deployment) {
        terminal.out()
                .println(deployment.path("id").asText() + " "
                        + deployment.path("state").asText());
        for (JsonNode virtualNode : deployment.path("virtualNodes")) {
            for (JsonNode node : virtualNode.path("nodes")) {
                terminal.out()
                        .println("  " + virtualNode.path("name").asText() + " "
                                + node.path("url").asText());
            }
        }
    }

    private static int fail(DaemonApi api, JsonNode deployment, boolean keep) throws IOException, InterruptedException {
        String id = deployment.path("id").asText();
        if (!keep) {
            api.delete("deployments/" + id);
        }
        throw new CommandFailure(
                ExitCode.FAILED,
                deployment.path("failure").asText()
                        + (keep ? "; what came is still there: actium undeploy " + id : "; nothing of it is left"));
    }

    private static byte[] read(String file) throws IOException {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException missing) {
            throw new CommandFailure(ExitCode.USAGE, "there is no file '" + file + "'", missing);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
