package org.actium.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.actium.deployment.api.Degradation;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.VirtualNode;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code actium:deploy}, {@code actium:plan}, {@code actium:undeploy}, {@code actium:deployments},
 * {@code actium:events}. Errors are exceptions with a message for people.
 */
@Component(service = DeploymentCommands.class)
@GogoCommand(
        scope = "actium",
        function = {"deploy", "plan", "undeploy", "deployments", "events"})
public final class DeploymentCommands {

    private final Deployments deployments;

    @Activate
    public DeploymentCommands(@Reference Deployments deployments) {
        this.deployments = deployments;
    }

    @Descriptor("deploys a descriptor and waits until its virtual nodes are ready")
    public String deploy(
            CommandSession session,
            @Descriptor("file of the descriptor") String file,
            @Descriptor("variables, each name=value, and Java properties, each -Dname=value") String... variables) {
        Deployment deployment = deployments.deploy(
                source(session, file, variables), event -> session.getConsole().println(event));
        deployment.virtualNodes().forEach(VirtualNode::waitReady);
        return "deployed as " + deployment.id();
    }

    @Descriptor("shows what deploying a descriptor would do")
    public String plan(
            CommandSession session,
            @Descriptor("file of the descriptor") String file,
            @Descriptor("variables, each name=value, and Java properties, each -Dname=value") String... variables) {
        return deployments
                .plan(deployments.read(source(session, file, variables)))
                .text()
                .stripTrailing();
    }

    @Descriptor("ends a deployment and waits until no process of it is left")
    public String undeploy(@Descriptor("what actium:deployments calls it") String id) {
        find(id).undeploy();
        return "undeployed " + id;
    }

    @Descriptor("shows what has happened to a deployment: what was launched, has joined, failed or was lost")
    public String events(@Descriptor("what actium:deployments calls it") String id) {
        List<DeploymentEvent> events = find(id).events();
        return events.isEmpty()
                ? "nothing has happened to " + id + " yet"
                : events.stream().map(DeploymentEvent::toString).collect(Collectors.joining("\n"));
    }

    private Deployment find(String id) {
        return deployments
                .deployment(id)
                .orElseThrow(() -> new IllegalArgumentException("there is no deployment '" + id + "'" + others()));
    }

    @Descriptor("lists what is deployed from here")
    public String deployments() {
        return Table.of(
                deployments.deployments(),
                "no deployments",
                List.of("ID", "STATE", "VIRTUAL NODES", "SOURCE", "SINCE"),
                deployment -> List.of(
                        deployment.id(),
                        deployment.state().name(),
                        deployment.virtualNodes().stream()
                                .map(DeploymentCommands::nodes)
                                .collect(Collectors.joining(" ")),
                        deployment.source(),
                        deployment.started().toString()));
    }

    private static String nodes(VirtualNode virtualNode) {
        int have = virtualNode.nodes().size();
        int degraded = (int) virtualNode.degraded().stream()
                .map(Degradation::node)
                .distinct()
                .count();
        return virtualNode.name() + ":" + have
                + (virtualNode.expected() == 0 ? "" : "/" + virtualNode.expected())
                + (degraded == 0 ? "" : ", " + degraded + " degraded");
    }

    private String others() {
        List<Deployment> known = deployments.deployments();
        return known.isEmpty()
                ? ""
                : known.stream().map(Deployment::id).collect(Collectors.joining(", ", "; there are: ", ""));
    }

    private static DescriptorSource source(CommandSession session, String file, String... variables) {
        Path path = session.currentDir().resolve(file);
        try {
            Variables typed = Variables.parse(variables);
            return new DescriptorSource(
                    path.toString(), Files.readAllBytes(path), typed.variables(), typed.properties());
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no file " + path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
