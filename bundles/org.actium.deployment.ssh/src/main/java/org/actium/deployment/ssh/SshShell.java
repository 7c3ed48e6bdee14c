package org.actium.deployment.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.actium.deployment.model.Launch;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.HostStep;
import org.actium.deployment.shell.api.RemoteShell;
import org.osgi.service.component.annotations.Component;

/** The ssh of this host, with the agent, the configuration and the known hosts of the user. */
@Component
public final class SshShell implements RemoteShell {

    static final String BUNDLE = "org.actium.deployment.ssh";

    /** All that stand for hosts behind a shell; the first three for one of several shells. */
    private static final Set<String> ELEMENTS =
            Set.of("processList", "processListbyHost", "hierarchicalProcess", "sshProcess", "sshGroup", "sshBridge");

    /** No question to a person, no unknown host, and an end when nothing answers any more. */
    private static final List<String> OPTIONS = List.of(
            "-T",
            "-x",
            "-o",
            "BatchMode=yes",
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            "ControlPath=none",
            "-o",
            "ConnectTimeout=10",
            "-o",
            "ServerAliveInterval=5",
            "-o",
            "ServerAliveCountMax=2");

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public boolean insecure() {
        return false;
    }

    @Override
    public boolean carries(Launch step) {
        return ELEMENTS.contains(step.elementName()) && step.bundle().equals(Optional.of(BUNDLE));
    }

    @Override
    public List<Hop> hops(Launch step) {
        var element = new HostStep(step);
        List<String> client = client(element);
        return element
                .hops(name(), account -> {
                    var command = new ArrayList<>(client);
                    account.user().ifPresent(user -> command.addAll(List.of("-l", user)));
                    command.addAll(List.of("--", account.host()));
                    return command;
                })
                .stream()
                .map(Hop::forwarding)
                .toList();
    }

    private static List<String> client(HostStep step) {
        var client = new ArrayList<String>();
        client.add(step.text("commandPath").orElse("ssh"));
        client.addAll(OPTIONS);
        privateKey(step).ifPresent(key -> client.addAll(List.of("-i", key)));
        step.text("commandOptions")
                .ifPresent(options -> client.addAll(List.of(options.strip().split("\\s+"))));
        return client;
    }

    /** A path that ssh resolves itself, on the host that runs it. */
    private static Optional<String> privateKey(HostStep step) {
        return step.text("privateKey/relpath")
                .map(path -> switch (step.text("privateKey/base").orElse("")) {
                    case "home" -> "~/" + path;
                    case "root" -> path.startsWith("/") ? path : "/" + path;
                    default -> path;
                });
    }
}
