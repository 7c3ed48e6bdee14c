package org.actium.object.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.actium.object.api.BodyId;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which interceptors the bodies of this runtime have: each keeps some, and has those of its node, which are replaced in all
 * bodies there when they change. So a message asks nobody whether there are any.
 *
 * <p>A body gets the last ones however its creation and a change coincide: it is listed before it looks whether those that
 * it was made with are still those of its node, and they have changed before it is looked who is listed.
 *
 * <p>What a node has no more may be closed once it was told so: no thread is in it then. Only changes wait for that.
 *
 * <p>Any thread. With its lock held, nobody is called but for {@link InterceptorSource#interceptorsOn}.
 */
final class Interception {

    private static final Logger LOG = LoggerFactory.getLogger(Interception.class);

    /** Interceptors may not block: one that is busy for longer hangs, and an update may not hang with it. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Bodies bodies;
    private final Time time;
    private final Hooks hooks = new Hooks();
    private final List<Asked> sources = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock(); // while bodies get others, so that the last ones stay
    private final Map<Node, Interceptors> last = new ConcurrentHashMap<>(); // most bodies of a node have the same
    private final Map<Node, NodeChain> present =
            new ConcurrentHashMap<>(); // of nodes that have some; written under lock
    private final List<Replaced> replaced = new ArrayList<>(); // where threads may still be; guarded by lock

    private record Asked(InterceptorSource source, Registration listening) {}

    private record Replaced(Node node, NodeChain chain) {}

    Interception(Bodies bodies, Time time) {
        this.bodies = bodies;
        this.time = time;
    }

    void add(InterceptorSource source) {
        sources.add(new Asked(source, source.whenChanged(this::changed)));
        changedEverywhere();
    }

    /** What bodies keep of it, they keep. */
    void remove(InterceptorSource source) {
        for (Asked asked : sources) {
            if (asked.source() == source && sources.remove(asked)) {
                asked.listening().close();
                changedEverywhere();
                return;
            }
        }
    }

    /** For a body that is to be made; {@link #listed} must follow. */
    Interceptors of(BodyId id, Class<?> type, Node node) {
        List<MessageInterceptor> kept = new ArrayList<>(0);
        if (CallerStacks.areWanted(node)) {
            kept.add(new CallerStacks());
        }
        for (Asked asked : sources) {
            asked.source().interceptorFor(id, type, node).ifPresent(kept::add);
        }
        return together(kept, node, current(node));
    }

    /** For threads that serve no active object. */
    Interceptors outside(Node node) {
        return CallerStacks.areWanted(node) ? made(List.of(new CallerStacks()), null) : Interceptors.NONE;
    }

    /** To be called when others find the body, and before anybody knows of it. */
    void listed(Body body) {
        if (body.interceptors().ofNode() == current(body.node())) {
            return;
        }
        lock.lock();
        try {
            last.remove(body.node()); // lest it keeps interceptors whose bundle goes
            body.intercept(renewed(body, renewed(body.node(), on(body.node()))));
        } finally {
            lock.unlock();
        }
    }

    void gone(Node node) {
        last.remove(node);
        if (present.containsKey(node)) {
            changed(node);
        }
    }

    private void changedEverywhere() {
        Stream.concat(bodies.all().stream().map(Body::node), present.keySet().stream())
                .distinct()
                .toList()
                .forEach(this::changed);
    }

    /** When it returns, nobody is in those that the node has no more, and nobody comes to them. */
    private void changed(Node node) {
        on(node).forEach(interceptor ->
                hooks.require(interceptor.getClass())); // this may load classes: without the lock
        List<Replaced> awaited;
        lock.lock();
        try {
            List<MessageInterceptor> now = on(node);
            NodeChain chain = renewed(node, now);
            last.clear(); // as above
            for (Body body : bodies.all()) {
                if (body.node().equals(node)) {
                    body.intercept(renewed(body, chain));
                }
            }
            replaced.removeIf(one -> one.chain().isLeft());
            awaited = replaced.stream()
                    .filter(one -> one.node().equals(node) && !one.chain().isWithin(now))
                    .toList();
        } finally {
            lock.unlock();
        }
        awaited.forEach(this::awaitLeft);
    }

    private void awaitLeft(Replaced one) {
        if (!one.chain().awaitLeft(time, GRACE)) {
            LOG.warn(
                    "node {}: after {} s a thread is still in one of the interceptors {}, which the node has no more; it may"
                            + " use what is closed now",
                    one.node().name(),
                    GRACE.toSeconds(),
                    one.chain());
        }
        lock.lock();
        try {
            replaced.remove(one);
        } finally {
            lock.unlock();
        }
    }

    private Interceptors renewed(Body body, NodeChain now) {
        Interceptors before = body.interceptors();
        return before.ofNode() == now ? before : together(before.kept(), body.node(), now);
    }

    /** Those that the node has now; {@code null} if none. */
    private NodeChain current(Node node) {
        List<MessageInterceptor> now = on(node);
        NodeChain chain = present.get(node);
        if (chain == null ? now.isEmpty() : chain.is(now)) {
            return chain;
        }
        lock.lock();
        try {
            return renewed(node, on(node));
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #current}. The caller holds the lock. */
    private NodeChain renewed(Node node, List<MessageInterceptor> now) {
        NodeChain before = present.get(node);
        if (before == null ? now.isEmpty() : before.is(now)) {
            return before;
        }
        if (before == null) {
            NodeChain first = new NodeChain(now, hooks::concerns);
            present.put(node, first);
            return first;
        }
        replaced.add(new Replaced(node, before));
        if (now.isEmpty()) {
            present.remove(node);
            before.remove();
            return null;
        }
        NodeChain after = before.replaceBy(now, hooks::concerns);
        present.put(node, after);
        return after;
    }

    private List<MessageInterceptor> on(Node node) {
        List<MessageInterceptor> all = List.of();
        for (Asked asked : sources) {
            all = joined(all, asked.source().interceptorsOn(node));
        }
        return all;
    }

    /** Those of a source that came later are further out. */
    private static List<MessageInterceptor> joined(List<MessageInterceptor> inner, List<MessageInterceptor> outer) {
        if (inner.isEmpty() || outer.isEmpty()) {
            return inner.isEmpty() ? outer : inner;
        }
        List<MessageInterceptor> both = new ArrayList<>(outer);
        both.addAll(inner);
        return both;
    }

    private Interceptors together(List<MessageInterceptor> kept, Node node, NodeChain ofNode) {
        if (kept.isEmpty() && ofNode == null) {
            return Interceptors.NONE;
        }
        Interceptors before = last.get(node);
        if (before != null && before.are(kept, ofNode)) {
            return before;
        }
        Interceptors made = made(kept, ofNode);
        last.put(node, made);
        return made;
    }

    private Interceptors made(List<MessageInterceptor> kept, NodeChain ofNode) {
        return new Interceptors(kept.isEmpty() ? Chain.EMPTY : new Chain(kept, hooks::concerns), ofNode);
    }
}
