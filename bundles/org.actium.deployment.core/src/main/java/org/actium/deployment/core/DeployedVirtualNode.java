package org.actium.deployment.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.api.Degradation;
import org.actium.deployment.api.VirtualNode;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;

/** A virtual node as applications see it. */
record DeployedVirtualNode(Target target, Roster roster, ServiceChanges changes) implements VirtualNode {

    @Override
    public String name() {
        return target.definition().name();
    }

    @Override
    public int expected() {
        return target.readiness().expected();
    }

    @Override
    public List<Node> nodes() {
        return roster.nodes(name());
    }

    @Override
    public boolean isReady() {
        return roster.isReady(name());
    }

    @Override
    public List<Node> waitReady() {
        return roster.waitReady(name(), Optional.empty());
    }

    @Override
    public List<Node> waitReady(Duration limit) {
        return roster.waitReady(name(), Optional.of(limit));
    }

    @Override
    public Node take(Duration limit) {
        return roster.take(name(), limit);
    }

    @Override
    public Node node() {
        return roster.next(name());
    }

    @Override
    public List<ServiceUse> services() {
        return changes.services(target);
    }

    @Override
    public List<Degradation> degraded() {
        return changes.degraded(name());
    }

    @Override
    public void apply(ServiceUse service) {
        changes.apply(name(), service);
    }

    @Override
    public void removeService(String id) {
        changes.remove(name(), id);
    }
}
