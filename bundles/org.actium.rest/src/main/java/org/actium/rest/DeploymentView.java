package org.actium.rest;

import java.util.List;
import org.actium.deployment.api.Degradation;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.RuntimeStatus;
import org.actium.deployment.api.VirtualNode;
import org.actium.runtime.api.Node;

/** A deployment as JSON. {@code failure} is null if there is none; {@code started} is ISO 8601 in UTC. */
record DeploymentView(
        String id,
        String source,
        String state,
        String failure,
        String started,
        long lost,
        List<VirtualNodeView> virtualNodes,
        List<RuntimeView> runtimes) {

    record VirtualNodeView(String name, int expected, boolean ready, List<NodeUrl> nodes, List<Degradation> degraded) {
        static VirtualNodeView of(VirtualNode virtualNode) {
            return new VirtualNodeView(
                    virtualNode.name(),
                    virtualNode.expected(),
                    virtualNode.isReady(),
                    virtualNode.nodes().stream().map(NodeUrl::of).toList(),
                    virtualNode.degraded());
        }
    }

    record NodeUrl(String name, String url) {
        static NodeUrl of(Node node) {
            return new NodeUrl(node.name(), node.url());
        }
    }

    record RuntimeView(String name, String jvm, String state, String detail) {}

    static DeploymentView of(Deployment deployment) {
        return new DeploymentView(
                deployment.id(),
                deployment.source(),
                deployment.state().name(),
                deployment.failure().orElse(null),
                deployment.started().toString(),
                deployment.runtimes().stream()
                        .filter(runtime -> runtime.state() == RuntimeStatus.State.LOST)
                        .count(),
                deployment.virtualNodes().stream().map(VirtualNodeView::of).toList(),
                deployment.runtimes().stream()
                        .map(runtime -> new RuntimeView(
                                runtime.name(), runtime.jvm(), runtime.state().name(), runtime.detail()))
                        .toList());
    }
}
