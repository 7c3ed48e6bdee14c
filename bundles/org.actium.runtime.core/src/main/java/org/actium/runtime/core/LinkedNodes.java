package org.actium.runtime.core;

import java.util.Map;
import org.actium.remote.api.Links;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.NodeRef;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Makes nodes known across links: offers those of this runtime to others, and gives handles on theirs. */
@Component(service = NodeHandles.class, immediate = true)
public final class LinkedNodes implements NodeHandles, AutoCloseable {

    private final LocalRuntime runtime;
    private final Links links;
    private final RemoteObjects remoteObjects;
    private final Registration export;

    @Activate
    public LinkedNodes(
            @Reference LocalRuntime runtime, @Reference Links links, @Reference RemoteObjects remoteObjects) {
        this.runtime = runtime;
        this.links = links;
        this.remoteObjects = remoteObjects;
        links.self().endpoints().stream().findFirst().ifPresent(runtime::reachableAt);
        this.export = remoteObjects.export(NodeAccess.class, NodeAccess.NAME, new OwnNodes(runtime));
    }

    @Override
    public NodeRef ref(Node node) {
        return switch (node) {
            case RemoteNode remote -> remote.ref();
            case LocalNode local -> new NodeRef(links.self(), local.name(), local.virtualNode());
            default ->
                throw new IllegalArgumentException(node + ", which is a "
                        + node.getClass().getName() + ", is no handle that this runtime gave out");
        };
    }

    @Override
    public Node node(NodeRef ref) {
        if (ref.runtime().id().equals(runtime.id())) {
            return runtime.node(ref.name()).orElseGet(() -> remote(ref));
        }
        return remote(ref);
    }

    private Node remote(NodeRef ref) {
        return new RemoteNode(ref, remoteObjects.at(ref.runtime(), NodeAccess.class, NodeAccess.NAME));
    }

    @Override
    @Deactivate
    public void close() {
        export.close();
    }

    /** The nodes of this runtime, as others see them. */
    private record OwnNodes(LocalRuntime runtime) implements NodeAccess {

        @Override
        public Map<String, String> properties(String node) {
            return find(node).properties();
        }

        @Override
        public void setProperty(String node, String key, String value) {
            find(node).setProperty(key, value);
        }

        @Override
        public void removeProperty(String node, String key) {
            find(node).removeProperty(key);
        }

        private Node find(String node) {
            return runtime.node(node)
                    .orElseThrow(() -> new NoSuchRemoteObjectException(
                            "runtime " + runtime.name() + " has no node '" + node + "' (any more)"));
        }
    }
}
