package org.actium.runtime.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.NodeListener;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeId;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runtime this JVM is, or one of several in a test. */
@Component(
        service = {ActiumRuntime.class, LocalRuntime.class},
        immediate = true)
public final class LocalRuntime implements ActiumRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntime.class);
    private static final String DEFAULT_NODE = "default";

    private final RuntimeId id;
    private final String name;
    private final LocalNode defaultNode;
    private final List<NodeListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, LocalNode> nodes = new LinkedHashMap<>(); // guarded by lock
    private final Set<String> leaving = new HashSet<>(); // names of nodes whose end listeners hear of; guarded by lock
    private volatile Optional<Endpoint> endpoint = Optional.empty();

    /** Named by the framework property {@code actium.runtime.name}, else after the process. */
    @Activate
    public LocalRuntime(BundleContext context, @Reference(target = "(actium.port=system)") RandomGenerator random) {
        this(
                Optional.ofNullable(context.getProperty("actium.runtime.name"))
                        .orElseGet(() -> "runtime-" + ProcessHandle.current().pid()),
                random);
    }

    public LocalRuntime(String name, RandomGenerator random) {
        this.id = RuntimeId.random(random);
        this.name = Objects.requireNonNull(name, "name");
        this.defaultNode = new LocalNode(id, DEFAULT_NODE, Optional.empty(), this::endpoint);
        nodes.put(DEFAULT_NODE, defaultNode);
    }

    /** Where this runtime accepts connections, once it does; becomes part of the URLs of its nodes. */
    void reachableAt(Endpoint where) {
        endpoint = Optional.of(where);
    }

    private Optional<Endpoint> endpoint() {
        return endpoint;
    }

    @Override
    public RuntimeId id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Node defaultNode() {
        return defaultNode;
    }

    @Override
    public Node createNode(String nodeName, Optional<String> virtualNode) {
        LocalNode node = new LocalNode(id, nodeName, virtualNode, this::endpoint);
        lock.lock();
        try {
            if (leaving.contains(nodeName)) {
                throw new IllegalArgumentException("runtime " + name + " is still removing its node '" + nodeName
                        + "': what runs there and what is noted under that name ends first; create it when its removal"
                        + " has returned, or take another name");
            }
            if (nodes.putIfAbsent(nodeName, node) != null) {
                throw new IllegalArgumentException("runtime " + name + " has a node '" + nodeName + "' already");
            }
        } finally {
            lock.unlock();
        }
        tell(listener -> listener.created(node));
        return node;
    }

    @Override
    public void removeNode(String nodeName) {
        if (nodeName.equals(DEFAULT_NODE)) {
            throw new IllegalArgumentException("the default node of runtime " + name + " cannot be removed");
        }
        LocalNode removed;
        lock.lock();
        try {
            removed = nodes.remove(nodeName);
            if (removed == null) {
                return;
            }
            leaving.add(nodeName); // nodes of one name being equal, listeners take another's for those of the old one
        } finally {
            lock.unlock();
        }
        try {
            tell(listener -> listener.removed(removed));
        } finally {
            free(nodeName);
        }
    }

    private void free(String nodeName) {
        lock.lock();
        try {
            leaving.remove(nodeName);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Node> node(String nodeName) {
        lock.lock();
        try {
            return Optional.ofNullable(nodes.get(nodeName));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Node> nodes() {
        lock.lock();
        try {
            return new ArrayList<>(nodes.values());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Registration listen(NodeListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell(Consumer<NodeListener> news) {
        for (NodeListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException failed) {
                LOG.error("runtime {}: a node listener failed", name, failed);
            }
        }
    }
}
