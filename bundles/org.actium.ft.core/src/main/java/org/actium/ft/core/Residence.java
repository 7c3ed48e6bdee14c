package org.actium.ft.core;

import java.io.Serializable;
import java.util.Objects;
import org.actium.runtime.api.RuntimeAddress;

/**
 * Where recoverable objects live: fault tolerance in a runtime. One that leaves the runtime and comes back is another
 * residence, since it knows nothing of what the one before has sent and written.
 *
 * @param draw of which no other residence has the same
 * @param run of the application that this belongs to: the runtime that deployed it, as in the store
 */
public record Residence(RuntimeAddress runtime, String draw, String run) implements Serializable {

    public Residence {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(draw, "draw");
        Objects.requireNonNull(run, "run");
    }

    /** As records in the store have it. */
    String key() {
        return Runtimes.key(runtime.id()) + "-" + draw;
    }
}
