package org.actium.object.core;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.api.Service;
import org.actium.runtime.api.Node;

/** Of a thread that serves immediate calls; what it sends from there has an order of its own. */
record ImmediateContext(Body body, Outbox outbox, Request served) implements ServingContext {

    @Override
    public Optional<Request> beingServed() {
        return Optional.of(served);
    }

    @Override
    public BodyId id() {
        return body.id();
    }

    @Override
    public String name() {
        return body.name();
    }

    @Override
    public Node node() {
        return body.node();
    }

    /** Refuses: only the thread of service chooses what is served. */
    @Override
    public Service service() {
        return body.service();
    }
}
