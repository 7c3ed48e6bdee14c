package org.actium.deployment.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentListener;

/** Hears of a deployment and lets a test wait for what it wants to hear. */
final class Happenings implements DeploymentListener {

    private final BlockingQueue<DeploymentEvent> events = new LinkedBlockingQueue<>();
    private final List<DeploymentEvent> heard = new CopyOnWriteArrayList<>();

    @Override
    public void happened(DeploymentEvent event) {
        heard.add(event);
        events.add(event);
    }

    /** Waits for the next so many events of this kind, whatever comes between. */
    <E extends DeploymentEvent> List<E> await(Class<E> kind, int count) throws InterruptedException {
        List<E> found = new ArrayList<>();
        while (found.size() < count) {
            DeploymentEvent event = events.take();
            if (kind.isInstance(event)) {
                found.add(kind.cast(event));
            }
        }
        return found;
    }

    /** What was heard so far, each as its kind and what it is about. */
    List<String> kinds() {
        return heard.stream()
                .map(event -> switch (event) {
                    case DeploymentEvent.Launched launched -> "launched " + launched.runtime();
                    case DeploymentEvent.Joined joined -> "joined " + joined.runtime();
                    case DeploymentEvent.Failed failed -> "failed " + failed.runtime();
                    case DeploymentEvent.Lost lost -> "lost " + lost.runtime();
                    case DeploymentEvent.NodeAttached attached ->
                        "attached " + attached.node().name();
                    case DeploymentEvent.NotReady notReady -> "not ready " + notReady.virtualNode();
                    case DeploymentEvent.Degraded degraded ->
                        "degraded " + degraded.degradation().node();
                    case DeploymentEvent.Mended mended -> "mended " + mended.node();
                    case DeploymentEvent.Ready ready -> "ready " + ready.virtualNode();
                })
                .toList();
    }
}
