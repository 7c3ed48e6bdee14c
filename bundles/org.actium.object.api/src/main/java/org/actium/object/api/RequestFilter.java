package org.actium.object.api;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Chooses requests. Called on the thread of service, any number of times for one request, oldest first; must not block.
 * If it throws, whoever serves with it gets an {@link IllegalArgumentException} with that as its cause; nothing was served,
 * and everything stays queued.
 */
@FunctionalInterface
@ConsumerType
public interface RequestFilter {

    /** Every request. */
    RequestFilter ANY = request -> true;

    boolean accepts(ReceivedRequest request);

    /** Calls of any method with one of these names. */
    static RequestFilter named(String... methods) {
        Set<String> names = Arrays.stream(methods)
                .map(name -> Objects.requireNonNull(name, "methods: each has to be the name of a method"))
                .collect(Collectors.toUnmodifiableSet());
        return request -> names.contains(request.method());
    }

    /** Calls of exactly this method. */
    static RequestFilter method(String name, Class<?>... parameterTypes) {
        Objects.requireNonNull(name, "name: say which method is meant");
        List<Class<?>> types = Arrays.stream(parameterTypes)
                .<Class<?>>map(type -> Objects.requireNonNull(type, "parameterTypes: each has to be a class"))
                .toList();
        return request ->
                request.method().equals(name) && request.parameterTypes().equals(types);
    }

    /** Requests that this active object sent. */
    static RequestFilter from(BodyId sender) {
        Objects.requireNonNull(sender, "sender: say whose requests are meant");
        return request -> request.sender().filter(sender::equals).isPresent();
    }

    default RequestFilter and(RequestFilter other) {
        Objects.requireNonNull(other, "other: pass the filter that is to accept them, too");
        return request -> accepts(request) && other.accepts(request);
    }

    default RequestFilter or(RequestFilter other) {
        Objects.requireNonNull(other, "other: pass the filter that may accept them instead");
        return request -> accepts(request) || other.accepts(request);
    }

    default RequestFilter negate() {
        return request -> !accepts(request);
    }
}
