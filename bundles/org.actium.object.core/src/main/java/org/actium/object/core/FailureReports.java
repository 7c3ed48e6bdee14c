package org.actium.object.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actium.object.api.BodyId;
import org.actium.object.api.CallFailure;
import org.actium.object.api.FailureListener;
import org.actium.runtime.api.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where failures go of which no caller hears: see {@link FailureListener}. Any thread. */
final class FailureReports {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReports.class);

    private static final ScopedValue<Telling> TELLING = ScopedValue.newInstance();

    private final Function<BodyId, String> names;
    private final List<FailureListener> ofRuntime = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock(); // held while the listeners of a stub are replaced
    private final Map<BodyId, List<FailureListener>> ofBodies = new ConcurrentHashMap<>();

    /** @param names what bodies are called in messages */
    FailureReports(Function<BodyId, String> names) {
        this.names = names;
    }

    Registration listen(FailureListener listener) {
        ofRuntime.add(listener);
        return () -> stopListening(listener);
    }

    void stopListening(FailureListener listener) {
        ofRuntime.remove(listener);
    }

    Registration listen(BodyId body, FailureListener listener) {
        List<FailureListener> listeners = ofBodies.computeIfAbsent(body, id -> new CopyOnWriteArrayList<>());
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * For calls that one holder makes through one stub, which others may hold as well.
     *
     * @param holder empty for everyone who is no active object
     */
    Registration listen(Proxy proxy, Optional<BodyId> holder, FailureListener listener) {
        OfHolder added = new OfHolder(holder, listener);
        change(proxy, listeners -> Stream.concat(listeners, Stream.of(added)));
        return () -> change(proxy, listeners -> listeners.filter(present -> present != added));
    }

    /** A listener for what one holder of a stub calls through it. */
    record OfHolder(Optional<BodyId> holder, FailureListener listener) {

        static List<FailureListener> of(Optional<BodyId> caller, List<OfHolder> all) {
            return all.isEmpty()
                    ? List.of()
                    : all.stream()
                            .filter(each -> each.holder.equals(caller))
                            .map(OfHolder::listener)
                            .toList();
        }
    }

    private void change(Proxy proxy, UnaryOperator<Stream<OfHolder>> change) {
        lock.lock();
        try {
            proxy.listeners(change.apply(proxy.listeners().stream()).toList());
        } finally {
            lock.unlock();
        }
    }

    /** That body has ended. */
    void forget(BodyId body) {
        ofBodies.remove(body);
    }

    /** Of a request to an object of this runtime. */
    void report(Request request, Throwable cause) {
        BodyId target = request.target();
        report(target, request, request.method() + " on " + names.apply(target), cause);
    }

    /**
     * @param concerned whose listeners are asked before those of the runtime
     * @param call for messages
     */
    void report(BodyId concerned, Request request, String call, Throwable cause) {
        CallFailure failure = new CallFailure(call, request.target(), request.sender(), cause);
        List<FailureListener> listeners = ofBodies.getOrDefault(concerned, List.of());
        if (listeners.isEmpty()) {
            listeners = ofRuntime;
        }
        if (listeners.isEmpty()) {
            log(failure, request.sender().map(caller -> nameOf(caller, request)));
        }
        tell(listeners, failure);
    }

    /** Those elsewhere have names that nobody tells: their identities, and where they are. */
    private String nameOf(BodyId caller, Request request) {
        return request.origin()
                .map(home -> "active object " + caller + " of runtime " + home.name())
                .orElseGet(() -> names.apply(caller));
    }

    private static void log(CallFailure failure, Optional<String> caller) {
        LOG.warn(
                "one-way call {}, made by {}, failed",
                failure.call(),
                caller.orElse("no active object"),
                failure.cause());
    }

    static void tell(List<FailureListener> listeners, CallFailure failure) {
        Telling around = TELLING.isBound() ? TELLING.get() : null;
        for (FailureListener listener : listeners) {
            if (around != null && around.includes(listener)) {
                LOG.warn("{} failed while a listener was told of another failure", failure.call(), failure.cause());
                continue;
            }
            try {
                ScopedValue.where(TELLING, new Telling(listener, around)).run(() -> listener.failed(failure));
            } catch (RuntimeException | Error deaf) {
                LOG.error("a listener could not be told that {} failed ({})", failure.call(), failure.cause(), deaf);
            }
        }
    }

    /** Who is being told on this thread. What they do may fail in the same way, and would be told to them again and again. */
    private record Telling(FailureListener listener, Telling around) {

        boolean includes(FailureListener candidate) {
            return listener == candidate || (around != null && around.includes(candidate));
        }
    }
}
