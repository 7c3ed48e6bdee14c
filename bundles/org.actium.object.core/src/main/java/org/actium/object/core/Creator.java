package org.actium.object.core;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.object.api.Creation;
import org.actium.runtime.api.Node;

/** Collects what is asked of an active object that is about to be created. */
final class Creator<T> implements Creation<T> {

    private final ObjectSpace space;
    private final Class<?> type;
    private final boolean turned;
    private final Object[] arguments;
    private Class<?> face;
    private Optional<Node> node = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<Object> activity = Optional.empty();

    /** @param arguments those of its constructor; if it is turned active, itself */
    Creator(ObjectSpace space, Class<?> type, boolean turned, Object[] arguments) {
        this.space = space;
        this.type = Objects.requireNonNull(type, "type: say of which class the active object is to be");
        this.turned = turned;
        this.arguments = arguments;
        this.face = type;
    }

    @Override
    public Creation<T> on(Node where) {
        node = Optional.of(Objects.requireNonNull(where, "node: leave the call out for the default node"));
        return this;
    }

    @Override
    public Creation<T> named(String what) {
        name = Optional.of(Objects.requireNonNull(what, "name: leave the call out for the usual one"));
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // from here on it makes stubs of that type
    public <S> Creation<S> as(Class<S> stubs) {
        face = Objects.requireNonNull(stubs, "type: leave the call out for stubs of its own class");
        return (Creation<S>) this;
    }

    @Override
    public Creation<T> activity(Object acting) {
        Objects.requireNonNull(acting, "activity: leave the call out for that of its class");
        if (Activity.of(Optional.of(acting), acting).isEmpty()) {
            throw new IllegalArgumentException(acting.getClass().getName()
                    + " is no activity: it implements none of InitActive, RunActive and EndActive");
        }
        activity = Optional.of(acting);
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // a stub of the face, which is what T is
    public T start() {
        return (T) space.create(new Birth(type, face, turned, activity.isPresent(), name), withActivity(), node);
    }

    private Object[] withActivity() {
        return activity.isEmpty()
                ? arguments
                : Stream.concat(Arrays.stream(arguments), activity.stream()).toArray();
    }
}
