package org.actium.codec.java;

import java.util.function.Supplier;

/** Copies objects whose fields refer to nothing that would have to be copied: a graph of them is one object. */
record FlatPlan(Supplier<Object> empty, FieldCopies fields) implements CopyPlan {

    Object copy(Object original) {
        Object copy = empty.get();
        fields.fill(copy, null, original);
        return copy;
    }

    @Override
    public Object copy(Object original, GraphCopier copier) {
        return copy(original);
    }
}
