package org.actium.object.core;

import java.util.Objects;
import org.actium.runtime.api.RuntimeId;

/**
 * What tells one future from all others, for people: the same for all who hold it, in whatever runtime.
 *
 * @param birthplace the runtime in which somebody first asked for it, or from which it was first passed on
 * @param number unique among those of that runtime
 */
record FutureId(RuntimeId birthplace, long number) {

    FutureId {
        Objects.requireNonNull(birthplace, "birthplace");
    }

    /** As a body, with an {@code f}: {@code 4f2a90c1-f12}. */
    @Override
    public String toString() {
        return birthplace + "-f" + number;
    }
}
