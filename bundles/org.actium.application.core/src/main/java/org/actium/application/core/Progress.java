package org.actium.application.core;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentListener;

/**
 * Prints what happens, with the time since the process began. Called by the deployment's thread and by that of main.
 */
final class Progress implements DeploymentListener {

    private final Stopwatch stopwatch;
    private final PrintStream out;
    private final boolean quiet;
    private volatile Duration firstNode;

    Progress(Stopwatch stopwatch, PrintStream out, boolean quiet) {
        this.stopwatch = stopwatch;
        this.out = out;
        this.quiet = quiet;
    }

    @Override
    public void happened(DeploymentEvent event) {
        if (event instanceof DeploymentEvent.NodeAttached && firstNode == null) {
            firstNode = stopwatch.elapsed();
        }
        print(event.toString());
    }

    void print(String line) {
        if (!quiet) {
            out.printf("[%8s] %s%n", Stopwatch.seconds(stopwatch.elapsed()), line);
        }
    }

    Duration elapsed() {
        return stopwatch.elapsed();
    }

    /** When the first node could be used, since the process began. */
    Optional<Duration> firstNode() {
        return Optional.ofNullable(firstNode);
    }
}
