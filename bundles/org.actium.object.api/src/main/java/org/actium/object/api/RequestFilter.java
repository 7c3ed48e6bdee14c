package org.actium.object.api;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Chooses requests. Called on the thread of service, any number of times for one request, oldest first; must not block.
 */
@FunctionalInterface
@ConsumerType
public interface RequestFilter {

    /** Every request. */
    RequestFilter ANY = request -> true;

    boolean accepts(ReceivedRequest request);

    /** Calls of any method with one of these names. */
    static RequestFilter named(String... methods) {
        Set<String> names = Set.of(methods);
        return request -> names.contains(request.method());
    }

    /** Calls of exactly this method. */
    static RequestFilter method(String name, Class<?>... parameterTypes) {
        List<Class<?>> types = List.of(parameterTypes);
        return request ->
                request.method().equals(name) && request.parameterTypes().equals(types);
    }

    /** Requests that this active object sent. */
    static RequestFilter from(BodyId sender) {
        return request -> request.sender().filter(sender::equals).isPresent();
    }

    default RequestFilter and(RequestFilter other) {
        return request -> accepts(request) && other.accepts(request);
    }

    default RequestFilter or(RequestFilter other) {
        return request -> accepts(request) || other.accepts(request);
    }

    default RequestFilter negate() {
        return request -> !accepts(request);
    }
}
