package org.actium.simulation.engine;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.actium.runtime.api.Registration;

/** What is to happen at which virtual time, in the order of (time, sequence). */
final class Agenda {

    private static final class Entry {
        private final long nanos;
        private final long sequence;
        private Runnable action;

        Entry(long nanos, long sequence, Runnable action) {
            this.nanos = nanos;
            this.sequence = sequence;
            this.action = action;
        }
    }

    private final Queue<Entry> entries = new PriorityQueue<>(
            Comparator.<Entry>comparingLong(entry -> entry.nanos).thenComparingLong(entry -> entry.sequence));
    private long sequence;

    Registration add(long nanos, Runnable action) {
        Entry entry = new Entry(nanos, sequence++, action);
        entries.add(entry);
        return () -> entry.action = null;
    }

    /** When the next thing happens; {@link Long#MAX_VALUE} if nothing will. */
    long next() {
        Entry first = entries.peek();
        while (first != null && first.action == null) {
            entries.remove();
            first = entries.peek();
        }
        return first == null ? Long.MAX_VALUE : first.nanos;
    }

    /** Takes out what {@link #next} saw. */
    Runnable take() {
        Entry first = entries.remove();
        Runnable action = first.action;
        first.action = null;
        return action;
    }
}
