package org.actium.object.core;

import java.util.Objects;
import java.util.Optional;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.api.FailureListener;
import org.actium.object.api.ReceivedRequest;
import org.actium.runtime.api.Registration;

/**
 * What an active object knows of itself on a thread that serves it, and on whose behalf that thread sends: the same on its
 * thread of service and beside it, but for the request that is being served.
 */
sealed interface ServingContext extends ActiveContext, Sender permits Body, ImmediateContext {

    /** Of {@link #self} and {@link #caller}. */
    String TYPE = "type: say what the object is to be taken for";

    Body body();

    /** The request that this thread serves, if it serves one. */
    Optional<Request> beingServed();

    @Override
    default Optional<BodyId> sender() {
        return Optional.of(id());
    }

    @Override
    default Interceptors interceptors() {
        return body().interceptors();
    }

    @Override
    default <T> T self(Class<T> as) {
        Objects.requireNonNull(as, TYPE);
        ObjectSpace space = body().space();
        return as.cast(space.stubOf(space.refOf(body()).as(as)));
    }

    @Override
    default Optional<ReceivedRequest> request() {
        return beingServed().map(request -> new Received(request, body().type().getClassLoader()));
    }

    @Override
    default <T> Optional<T> caller(Class<T> as) {
        Objects.requireNonNull(as, TYPE);
        ObjectSpace space = body().space();
        return beingServed()
                .flatMap(request -> request.sender()
                        .map(sender -> as.cast(space.stubOf(space.refOf(sender, request.origin(), as)))));
    }

    @Override
    default <T> T facility(Class<T> wanted) {
        return body().space().facility(Objects.requireNonNull(wanted, "type: say what is asked for"), body());
    }

    @Override
    default Registration onFailure(FailureListener listener) {
        Objects.requireNonNull(listener, "listener: pass who is to hear of failures");
        return body().space().failures().listen(id(), listener);
    }

    @Override
    default Futures futures() {
        return body().space()
                .futures()
                .orElseThrow(() -> new IllegalStateException(
                        name() + " asks for futures, but its runtime has no bundle that offers them"));
    }

    @Override
    default ActiveObjects objects() {
        return body().space();
    }
}
