package org.actium.rest;

import org.actium.deployment.api.DeploymentEvent;

/**
 * Something that happened to a deployment, as JSON: what does not belong to its kind is null.
 *
 * @param number from 1, in the order in which it happened
 * @param kind {@code launched}, {@code joined}, {@code failed}, {@code lost}, {@code attached}, {@code ready},
 *     {@code notReady}, {@code degraded} or {@code mended}
 * @param url of a node
 * @param millis until it joined
 * @param text for people
 */
record EventView(
        int number,
        String kind,
        String runtime,
        String virtualNode,
        String url,
        Long millis,
        Integer nodes,
        String reason,
        String text) {

    static EventView of(int number, DeploymentEvent event) {
        String text = event.toString();
        return switch (event) {
            case DeploymentEvent.Launched launched ->
                new EventView(number, "launched", launched.runtime(), null, null, null, null, null, text);
            case DeploymentEvent.Joined joined ->
                new EventView(
                        number,
                        "joined",
                        joined.runtime(),
                        null,
                        null,
                        joined.after().toMillis(),
                        null,
                        null,
                        text);
            case DeploymentEvent.Failed failed ->
                new EventView(number, "failed", failed.runtime(), null, null, null, null, failed.reason(), text);
            case DeploymentEvent.Lost lost ->
                new EventView(number, "lost", lost.runtime(), null, null, null, null, lost.reason(), text);
            case DeploymentEvent.NodeAttached attached ->
                new EventView(
                        number,
                        "attached",
                        null,
                        attached.virtualNode(),
                        attached.node().url(),
                        null,
                        null,
                        null,
                        text);
            case DeploymentEvent.Ready ready ->
                new EventView(number, "ready", null, ready.virtualNode(), null, null, ready.nodes(), null, text);
            case DeploymentEvent.NotReady notReady ->
                new EventView(
                        number, "notReady", null, notReady.virtualNode(), null, null, null, notReady.reason(), text);
            case DeploymentEvent.Degraded degraded ->
                new EventView(
                        number,
                        "degraded",
                        null,
                        degraded.virtualNode(),
                        null,
                        null,
                        null,
                        degraded.degradation().toString(),
                        text);
            case DeploymentEvent.Mended mended ->
                new EventView(number, "mended", null, mended.virtualNode(), null, null, null, null, text);
        };
    }
}
