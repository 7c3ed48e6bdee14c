package org.actium.deployment.core;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.ObjectInfo;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.NodeRef;
import org.actium.service.api.ServiceGroup;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.api.TechnicalServices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent of this runtime, and the nodes that others created through it. */
@Component(service = LocalAgent.class, immediate = true)
public final class LocalAgent implements RuntimeAgent, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalAgent.class);

    private final ActiumRuntime runtime;
    private final NodeHandles handles;
    private final TechnicalServices services;
    private final ActiveObjects objects;
    private final Stop stop;
    private final Map<String, Node> deployed = new ConcurrentHashMap<>(); // by name; those that others wanted
    private final Registration export;

    @Activate
    public LocalAgent(
            @Reference ActiumRuntime runtime,
            @Reference NodeHandles handles,
            @Reference RemoteObjects remoteObjects,
            @Reference TechnicalServices services,
            @Reference ActiveObjects objects,
            @Reference Stop stop) {
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        this.handles = Objects.requireNonNull(handles, "handles");
        this.services = Objects.requireNonNull(services, "services");
        this.objects = Objects.requireNonNull(objects, "objects");
        this.stop = Objects.requireNonNull(stop, "stop");
        this.export = remoteObjects.export(RuntimeAgent.class, NAME, this);
    }

    @Override
    public NodeRef createNode(String node, String virtualNode, String group) {
        Node created = runtime.createNode(node, Optional.of(virtualNode));
        services.apply(created, group, List.of()); // nothing yet, but whose it is
        if (!ServiceGroup.deployer(group).equals(Optional.of(runtime.id()))) {
            deployed.put(node, created);
            forgetIfGone(node); // it may have been removed before it was noted
        }
        return handles.ref(created);
    }

    @Override
    public void applyServices(String node, String group, List<ServiceUse> uses) {
        Node found = runtime.node(node)
                .orElseThrow(() -> new TechnicalServiceException(
                        "runtime " + runtime.name() + " has no node '" + node + "' to apply technical services to"));
        services.apply(found, group, uses);
    }

    @Override
    public void removeService(String node, String use) {
        runtime.node(node).ifPresent(found -> removeService(found, use));
    }

    /** Also one that is not applied at present, but would be once its bundle comes back. */
    private void removeService(Node node, String use) {
        try {
            services.remove(node, use);
        } catch (TechnicalServiceException refused) {
            if (services.applied(node).stream().anyMatch(applied -> applied.id().equals(use))) {
                throw refused;
            }
            LOG.debug("node {}: nothing to remove: {}", node.name(), refused.getMessage());
        }
    }

    @Override
    public void removeNode(String node) {
        runtime.node(node).ifPresent(services::remove);
        runtime.removeNode(node);
        forgetIfGone(node);
    }

    /** Not another one, which has got its name since and is somebody else's. */
    private void forgetIfGone(String node) {
        deployed.computeIfPresent(node, (_, noted) -> isListed(noted) ? noted : null);
    }

    private boolean isListed(Node node) {
        return runtime.node(node.name()).filter(present -> present == node).isPresent();
    }

    /** Removes every node that others created here: nobody who could is left. Those that this runtime deployed itself stay. */
    void removeDeployedNodes() {
        List.copyOf(deployed.values()).stream()
                .filter(this::isListed)
                .map(Node::name)
                .forEach(this::removeNode);
    }

    @Override
    public List<NodeReport> nodes() {
        return runtime.nodes().stream().map(NodeReport::of).toList();
    }

    @Override
    public List<ObjectInfo> objects() {
        return objects.objects();
    }

    @Override
    public void stop(String reason) {
        LOG.info("runtime {} stops: {}", runtime.name(), reason);
        stop.stop();
    }

    @Override
    @Deactivate
    public void close() {
        export.close();
    }
}
