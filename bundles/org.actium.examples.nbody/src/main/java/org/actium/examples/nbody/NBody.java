package org.actium.examples.nbody;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.actium.application.api.Actium;
import org.actium.application.api.ActiumApplication;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.VirtualNode;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;

/**
 * Gravitation of N bodies. Each is an active object on a node of the virtual node {@code bodies}; nothing here knows
 * where those nodes are.
 */
@ActiumApplication(name = "nbody", descriptor = "nbody.xml")
public final class NBody {

    private static final Set<String> FAULT_TOLERANCE = Set.of("pml", "org.actium.ft");

    private NBody() {}

    public static void main(String[] arguments) {
        Actium actium = Actium.here();
        Options options = Options.of(actium.options());
        Experiment experiment = Experiment.random(options.bodies(), options.iterations(), options.seed());
        VirtualNode bodies = actium.virtualNode("bodies");
        List<Node> nodes = bodies.nodes();
        describe(options, nodes, actium.deployment().map(Deployment::started).orElseThrow());

        PlanetarySystem system = new PlanetarySystem(
                experiment, options.reportEvery(), actium.objects(), bodies::node, isRecoverable(bodies));
        Progress progress = actium.newActive(Progress.class, options.bodies(), options.iterations())
                .named("progress")
                .start();
        Summary summary = system.run(progress, actium.futures());
        Duration duration = progress.duration(); // its last line is on the terminal when it answers
        summary.positions().forEach(System.out::println);
        System.out.println("sha-256 of all positions and velocities " + summary.digest());
        System.out.println(summary.energy());
        System.out.println(speed(options.iterations(), duration));
    }

    /** Planets that are recovered are made in another way. */
    private static boolean isRecoverable(VirtualNode bodies) {
        return bodies.services().stream().map(ServiceUse::service).anyMatch(FAULT_TOLERANCE::contains);
    }

    private static void describe(Options options, List<Node> nodes, Instant deployed) {
        System.out.printf(
                Locale.ROOT,
                "%d bodies on %d nodes, %d iterations, seed %d; nodes ready after %.2f s%n",
                options.bodies(),
                nodes.size(),
                options.iterations(),
                options.seed(),
                Duration.between(deployed, Instant.now()).toNanos() / 1e9);
        for (Node node : nodes) {
            System.out.println(node.url() + " " + node.property("role").orElse("without a role"));
        }
    }

    private static String speed(int iterations, Duration duration) {
        return String.format(
                Locale.ROOT,
                "%d iterations in %.2f s, %.0f iterations/s",
                iterations,
                duration.toNanos() / 1e9,
                Progress.perSecond(iterations, duration));
    }
}
