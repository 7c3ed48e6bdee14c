package org.actium.object.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.object.api.BodyId;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;

/**
 * Which interceptors the bodies of this runtime have: each keeps some, and has those of its node, which are replaced in all
 * bodies there when they change. So a message asks nobody whether there are any.
 *
 * <p>A body gets the last ones however its creation and a change coincide: it is listed before it looks whether those that
 * it was made with are still those of its node, and they have changed before it is looked who is listed.
 *
 * <p>Any thread. With its lock held, nobody is called but for {@link InterceptorSource#interceptorsOn}.
 */
final class Interception {

    private final Bodies bodies;
    private final Hooks hooks = new Hooks();
    private final List<Asked> sources = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock(); // while bodies get others, so that the last ones stay
    private final Map<Node, Interceptors> last = new ConcurrentHashMap<>(); // most bodies of a node have the same

    private record Asked(InterceptorSource source, Registration listening) {}

    Interception(Bodies bodies) {
        this.bodies = bodies;
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
        return together(kept, node, on(node));
    }

    /** For threads that serve no active object. */
    Interceptors outside(Node node) {
        return CallerStacks.areWanted(node) ? made(List.of(new CallerStacks()), List.of()) : Interceptors.NONE;
    }

    /** To be called when others find the body, and before anybody knows of it. */
    void listed(Body body) {
        if (body.interceptors().areOf(on(body.node()))) {
            return;
        }
        lock.lock();
        try {
            last.remove(body.node()); // lest it keeps interceptors whose bundle goes
            body.intercept(renewed(body, on(body.node())));
        } finally {
            lock.unlock();
        }
    }

    void gone(Node node) {
        last.remove(node);
    }

    private void changedEverywhere() {
        bodies.all().stream().map(Body::node).distinct().forEach(this::changed);
    }

    private void changed(Node node) {
        on(node).forEach(interceptor ->
                hooks.require(interceptor.getClass())); // this may load classes: without the lock
        lock.lock();
        try {
            List<MessageInterceptor> now = on(node);
            last.clear(); // as above
            for (Body body : bodies.all()) {
                if (body.node().equals(node)) {
                    body.intercept(renewed(body, now));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Interceptors renewed(Body body, List<MessageInterceptor> now) {
        Interceptors before = body.interceptors();
        return before.areOf(now) ? before : together(before.kept(), body.node(), now);
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

    private Interceptors together(List<MessageInterceptor> kept, Node node, List<MessageInterceptor> ofNode) {
        if (kept.isEmpty() && ofNode.isEmpty()) {
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

    private Interceptors made(List<MessageInterceptor> kept, List<MessageInterceptor> ofNode) {
        return new Interceptors(kept, ofNode, hooks::concerns);
    }
}
