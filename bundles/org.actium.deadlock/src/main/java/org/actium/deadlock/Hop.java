package org.actium.deadlock;

import java.util.Objects;
import java.util.Optional;
import org.actium.deadlock.api.Deadlock;
import org.actium.runtime.api.RuntimeAddress;

/**
 * A wait that a probe has come through.
 *
 * @param home the runtime the active object is in
 * @param canFail whether the wait can be ended by an exception
 * @param member how the report describes it; empty in the first round
 */
record Hop(WaitId id, RuntimeAddress home, boolean canFail, Optional<Deadlock.Member> member) {

    Hop {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(member, "member");
    }
}
