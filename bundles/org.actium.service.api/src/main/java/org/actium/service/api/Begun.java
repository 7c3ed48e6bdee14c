package org.actium.service.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.actium.object.spi.RequestView;

/**
 * What an interceptor notes when a request begins to be served, until it is over: when it began, say. For
 * {@link org.actium.object.spi.MessageInterceptor#serving} and
 * {@link org.actium.object.spi.MessageInterceptor#served}, which one thread calls; an object may serve within a service.
 *
 * <p>One for each interceptor. Any thread, each of which finds what it noted itself.
 *
 * @param <T> what is noted
 */
public final class Begun<T> {

    private final ThreadLocal<Deque<Service<T>>> services = ThreadLocal.withInitial(ArrayDeque::new);

    private record Service<T>(RequestView request, T note) {}

    /** This thread begins to serve the request. */
    public void begin(RequestView request, T note) {
        services.get().push(new Service<>(request, Objects.requireNonNull(note, "note")));
    }

    /** What was noted for the innermost request that this thread serves, so for what it calls meanwhile. */
    public Optional<T> innermost() {
        return Optional.ofNullable(services.get().peek()).map(Service::note);
    }

    /** The request is over. @return what was noted for it; empty if it began before the interceptor came */
    public Optional<T> end(RequestView request) {
        Deque<Service<T>> own = services.get();
        Service<T> last = own.peek();
        if (last == null || last.request() != request) {
            return Optional.empty();
        }
        own.pop();
        return Optional.of(last.note());
    }
}
