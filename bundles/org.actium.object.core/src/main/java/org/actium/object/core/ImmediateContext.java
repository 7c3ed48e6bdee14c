package org.actium.object.core;

import java.util.Optional;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.api.FailureListener;
import org.actium.object.api.ReceivedRequest;
import org.actium.object.api.Service;
import org.actium.object.spi.MessageInterceptor;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;

/**
 * What an active object knows of itself on a thread that serves immediate calls; what it sends from there has an order
 * of its own.
 */
record ImmediateContext(Body body, Outbox outbox, Request served) implements ActiveContext, Sender {

    @Override
    public Optional<BodyId> sender() {
        return body.sender();
    }

    @Override
    public MessageInterceptor interceptor() {
        return body.interceptor();
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

    @Override
    public <T> T self(Class<T> type) {
        return body.self(type);
    }

    @Override
    public Optional<ReceivedRequest> request() {
        return Optional.of(body.received(served));
    }

    @Override
    public <T> Optional<T> caller(Class<T> type) {
        return body.senderOf(served, type);
    }

    @Override
    public <T> T facility(Class<T> type) {
        return body.facility(type);
    }

    /** Refuses: only the thread of service chooses what is served. */
    @Override
    public Service service() {
        return body.service();
    }

    @Override
    public Futures futures() {
        return body.futures();
    }

    @Override
    public Registration onFailure(FailureListener listener) {
        return body.onFailure(listener);
    }

    @Override
    public ActiveObjects objects() {
        return body.objects();
    }
}
