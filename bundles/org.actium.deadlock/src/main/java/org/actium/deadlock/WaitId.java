package org.actium.deadlock;

import java.util.Comparator;
import java.util.Objects;
import org.actium.object.api.BodyId;

/**
 * One wait of one active object, from its beginning to its end. There is never a second one of the same number: whoever
 * finds it again knows that meanwhile neither the body, nor what it serves, nor what it waits for has changed.
 */
record WaitId(BodyId waiting, long number) implements Comparable<WaitId> {

    private static final Comparator<WaitId> ORDER = Comparator.comparing(
                    (WaitId id) -> id.waiting().birthplace())
            .thenComparingLong(id -> id.waiting().number())
            .thenComparingLong(WaitId::number);

    WaitId {
        Objects.requireNonNull(waiting, "waiting");
    }

    @Override
    public int compareTo(WaitId other) {
        return ORDER.compare(this, other);
    }
}
