package org.actium.service.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.actium.object.spi.MessageInterceptor;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.service.api.Contributions;
import org.actium.service.api.NodeWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one service has brought to one node, and how to take it away. Filled by the thread that applies, then only read, and
 * released when all that are applied with it are; undone once.
 */
final class NodeContributions implements Contributions {

    private static final Logger LOG = LoggerFactory.getLogger(NodeContributions.class);

    private final Node node;
    private final PropertyLayers properties;
    private final long rank;
    private final Watches watches;
    private final List<MessageInterceptor> interceptors = new ArrayList<>();
    private final Deque<Undo> undos = new ArrayDeque<>();
    private volatile boolean closed;
    private volatile boolean released;

    private record Undo(String what, AutoCloseable action) {}

    /** @param rank higher than that of services which came to the node before */
    NodeContributions(Node node, PropertyLayers properties, long rank, Watches watches) {
        this.node = node;
        this.properties = properties;
        this.rank = rank;
        this.watches = watches;
    }

    @Override
    public void intercept(MessageInterceptor interceptor) {
        requireOpen();
        interceptor
                .getClass()
                .getMethods(); // here, where it is known whose it is, may classes be missing that it names
        interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
    }

    @Override
    public void property(String key, String value) {
        requireOpen();
        PropertyLayers.Layer layer = properties.add(
                this,
                Objects.requireNonNull(key, "key"),
                Objects.requireNonNull(value, "value: of property " + key),
                rank);
        undos.push(new Undo("property '" + key + "'", () -> properties.remove(layer)));
    }

    @Override
    public void watch(NodeWatcher watcher) {
        requireOpen();
        Registration watch = watches.add(node, Objects.requireNonNull(watcher, "watcher"));
        undos.push(new Undo("a watcher", watch::close));
    }

    @Override
    public <T extends AutoCloseable> T run(T component) {
        requireOpen();
        undos.push(new Undo(component.getClass().getName(), component));
        return component;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("node '" + node.name()
                    + "': a technical service contributes only while it is being applied; keep what changes later behind"
                    + " what it contributes then");
        }
    }

    /** The service has been applied. */
    void complete() {
        closed = true;
    }

    long rank() {
        return rank;
    }

    /** All that are applied with it are. */
    void release() {
        released = true;
    }

    /** In the order in which they were contributed, the outermost first; none before they are released. */
    List<MessageInterceptor> interceptors() {
        return released ? List.copyOf(interceptors) : List.of();
    }

    /** One failure is logged and does not stop the others. */
    void undo() {
        closed = true;
        while (!undos.isEmpty()) {
            Undo undo = undos.pop();
            try {
                undo.action.close();
            } catch (Exception | Error failed) {
                LOG.warn("node {}: {} of a technical service could not be undone", node.name(), undo.what, failed);
            }
        }
    }
}
