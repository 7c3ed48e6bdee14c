package org.actium.deployment.api;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a deployment has come to, for people. */
public final class DeploymentText {

    private DeploymentText() {}

    /**
     * Its state, why it failed if it did, the nodes that are weaker than asked for, and a line for each of its runtimes;
     * without a line end at the end.
     */
    public static String of(Deployment deployment) {
        return Stream.of(
                        Stream.of(deployment.id() + ": " + deployment.state() + ", from " + deployment.source()),
                        deployment.failure().stream().map(failure -> "  " + failure),
                        deployment.virtualNodes().stream()
                                .flatMap(virtualNode -> virtualNode.degraded().stream()
                                        .map(degraded ->
                                                "  degraded: virtual node " + virtualNode.name() + ", " + degraded)),
                        deployment.runtimes().stream()
                                .map(runtime ->
                                        "  " + runtime.name() + ": " + runtime.state() + ", " + runtime.detail()))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }
}
