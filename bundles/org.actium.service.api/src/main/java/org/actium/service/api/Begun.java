package org.actium.service.api;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.object.spi.RequestView;

/**
 * What an interceptor notes when a request begins to be served, until it is over: when it began, say. For
 * {@link org.actium.object.spi.MessageInterceptor#serving} and
 * {@link org.actium.object.spi.MessageInterceptor#served}, which one thread calls; an object may serve within a service.
 *
 * <p>One for each interceptor, with which its notes go, also those of requests that are being served then. Any thread, each of
 * which finds what it noted itself.
 *
 * @param <T> what is noted
 */
public final class Begun<T> {

    /** Of threads that serve something. Not theirs to keep: they outlive the interceptor. */
    private final Map<Thread, Service<T>> innermost = new ConcurrentHashMap<>();

    /** @param outer within which it is served; {@code null} if none */
    private record Service<T>(RequestView request, T note, Service<T> outer) {}

    /** This thread begins to serve the request. To be called last: of an interceptor that fails then, nobody says the end. */
    public void begin(RequestView request, T note) {
        Objects.requireNonNull(note, "note");
        Thread own = Thread.currentThread();
        innermost.put(own, new Service<>(request, note, innermost.get(own)));
    }

    /** What was noted for the innermost request that this thread serves, so for what it calls meanwhile. */
    public Optional<T> innermost() {
        return Optional.ofNullable(innermost.get(Thread.currentThread())).map(Service::note);
    }

    /**
     * The request is over, and with it whatever began within it.
     *
     * @return what was noted for it; empty if it began before the interceptor came
     */
    public Optional<T> end(RequestView request) {
        Thread own = Thread.currentThread();
        Service<T> ending = innermost.get(own);
        while (ending != null && ending.request() != request) {
            ending = ending.outer();
        }
        if (ending == null) {
            return Optional.empty();
        }
        if (ending.outer() == null) {
            innermost.remove(own);
        } else {
            innermost.put(own, ending.outer());
        }
        return Optional.of(ending.note());
    }
}
