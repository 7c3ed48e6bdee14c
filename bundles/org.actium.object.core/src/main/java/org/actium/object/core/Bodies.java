package org.actium.object.core;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectListener;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bodies of this runtime, from before their constructors run until they end, and who is told of their ends. Any thread. */
final class Bodies {

    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);

    private final Map<BodyId, Body> alive = new ConcurrentHashMap<>();
    private final List<ObjectListener> listeners = new CopyOnWriteArrayList<>();

    void add(Body body) {
        alive.put(body.id(), body);
    }

    /** Empty if it is not here, or not any more. */
    Optional<Body> of(BodyId id) {
        return Optional.ofNullable(alive.get(id));
    }

    /** For messages. */
    String nameOf(BodyId id) {
        return of(id).map(Body::name).orElseGet(id::toString);
    }

    /** In no order. */
    Collection<Body> all() {
        return Collections.unmodifiableCollection(alive.values());
    }

    void endAll() {
        alive.values().forEach(Body::endNow);
    }

    void endAllOn(Node node) {
        for (Body body : alive.values()) {
            if (body.node().equals(node)) {
                body.endNow();
            }
        }
    }

    Registration listen(ObjectListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** It takes no more requests. One listener who fails does not keep the others from hearing it. */
    void remove(Body body) {
        if (!alive.remove(body.id(), body)) {
            return; // a copy that was replaced
        }
        for (ObjectListener listener : listeners) {
            try {
                listener.ended(body.id());
            } catch (RuntimeException failed) {
                LOG.error("{}: a listener to its end failed", body, failed);
            }
        }
    }
}
