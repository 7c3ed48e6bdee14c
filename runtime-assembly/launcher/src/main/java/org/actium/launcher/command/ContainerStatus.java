package org.actium.launcher.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.state.DaemonRecord;
import org.actium.launcher.state.Instance;

/**
 * A running container as {@code start} and {@code status} show it; the fields are those of {@code status --json}.
 *
 * @param http address of its HTTP API; {@code null} if it has none
 * @param parent the runtime it joined; {@code null} if it is on its own
 * @param endpoints where other containers join it, as it says itself; empty if it cannot be asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ContainerStatus(
        String name,
        long pid,
        String started,
        String assembly,
        String http,
        String parent,
        List<String> endpoints,
        String log) {

    /** Empty if it is not running. */
    static Optional<ContainerStatus> of(Instance instance) throws IOException, InterruptedException {
        Optional<DaemonRecord> running = instance.running();
        if (running.isEmpty()) {
            return Optional.empty();
        }
        DaemonRecord daemon = running.get();
        return Optional.of(new ContainerStatus(
                daemon.name(),
                daemon.pid(),
                daemon.started(),
                daemon.assembly(),
                daemon.http(),
                daemon.parent(),
                endpoints(instance, daemon),
                instance.log().toString()));
    }

    private static List<String> endpoints(Instance instance, DaemonRecord daemon) throws InterruptedException {
        var endpoints = new ArrayList<String>();
        if (daemon.http() != null) {
            try {
                for (JsonNode endpoint :
                        new DaemonApi(instance, daemon).get("runtime").path("endpoints")) {
                    endpoints.add(endpoint.asText());
                }
            } catch (CommandFailure | IOException silent) {
                endpoints.clear();
            }
        }
        return endpoints;
    }

    /** For people. */
    String text() {
        var text = new StringBuilder(
                "container '" + name + "' is running: pid " + pid + ", assembly " + assembly + ", since " + started);
        if (http != null) {
            text.append("\n  http    ").append(http);
        }
        if (parent != null) {
            text.append("\n  joined  ").append(parent);
        }
        for (String endpoint : endpoints) {
            text.append("\n  links   ").append(endpoint);
        }
        return text.append("\n  log     ").append(log).toString();
    }
}
