package org.actium.simulation.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened, in order. Every event goes into the hash of the run; how many are kept for reading is the choice of
 * whoever runs it, so that a run which is watched is the same run as one which is not.
 */
public final class EventLog {

    /** In place of the number of an event: there is none. */
    public static final long NONE = -1;

    private final TraceHash hash;
    private final int kept;
    private final Deque<Event> events = new ArrayDeque<>();
    private long count;

    /** @param kept how many events to keep, the newest; 0 keeps none, {@link Integer#MAX_VALUE} all */
    EventLog(TraceHash hash, int kept) {
        this.hash = hash;
        this.kept = kept;
    }

    long add(long step, long nanos, String host, String thread, String what, String subject, long value, long cause) {
        long number = count++;
        hash.add(nanos);
        hash.add(host);
        hash.add(thread);
        hash.add(what);
        hash.add(subject);
        hash.add(value);
        hash.add(cause);
        if (kept > 0) {
            if (events.size() == kept) {
                events.removeFirst();
            }
            events.addLast(new Event(number, step, nanos, host, thread, what, subject, value, cause));
        }
        return number;
    }

    /** Makes what the last event was about count for the hash of the run. */
    void content(byte[] bytes) {
        hash.add(Arrays.hashCode(bytes));
    }

    /** How many events there were, kept or not. */
    public long count() {
        return count;
    }

    /** The events that were kept, oldest first. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** The event and what it follows from, back to the first cause that was kept; oldest first. */
    public List<Event> causesOf(long number) {
        Map<Long, Event> byNumber = new HashMap<>();
        events.forEach(event -> byNumber.put(event.number(), event));
        Deque<Event> chain = new ArrayDeque<>();
        for (Event event = byNumber.get(number); event != null; event = byNumber.get(event.cause())) {
            chain.addFirst(event);
        }
        return List.copyOf(chain);
    }
}
