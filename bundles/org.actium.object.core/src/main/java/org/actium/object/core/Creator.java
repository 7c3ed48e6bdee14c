package org.actium.object.core;

import java.util.Objects;
import java.util.Optional;
import org.actium.object.api.Creation;
import org.actium.runtime.api.Node;

/** Collects what is asked of an active object that is about to be created. */
final class Creator<T> implements Creation<T> {

    private final ObjectSpace space;
    private final Class<T> type;
    private final Object[] arguments;
    private Optional<Node> node = Optional.empty();
    private Optional<String> name = Optional.empty();

    Creator(ObjectSpace space, Class<T> type, Object[] arguments) {
        this.space = space;
        this.type = Objects.requireNonNull(type, "type");
        this.arguments = Objects.requireNonNull(arguments, "arguments").clone();
    }

    @Override
    public Creation<T> on(Node where) {
        node = Optional.of(where);
        return this;
    }

    @Override
    public Creation<T> named(String what) {
        name = Optional.of(what);
        return this;
    }

    @Override
    public T start() {
        return type.cast(space.create(type, arguments, node, name));
    }
}
