package org.actium.object.api;

import java.io.Serializable;
import java.util.Objects;
import org.actium.runtime.api.RuntimeId;

/**
 * Identity of one active object, for as long as it lives and wherever it goes.
 *
 * @param birthplace the runtime that created it
 * @param number unique among the objects created there
 */
public record BodyId(RuntimeId birthplace, long number) implements Serializable {

    public BodyId {
        Objects.requireNonNull(birthplace, "birthplace");
    }

    @Override
    public String toString() {
        return birthplace + "-" + number;
    }
}
