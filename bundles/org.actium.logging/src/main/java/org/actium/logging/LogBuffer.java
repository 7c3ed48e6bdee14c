package org.actium.logging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Records on their way, the oldest first; the oldest go when there are too many. Not safe for several threads. */
final class LogBuffer {

    private final int capacity;
    private final Deque<LogRecord> records = new ArrayDeque<>();
    private long dropped;

    LogBuffer(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("room for " + capacity + " records is none");
        }
        this.capacity = capacity;
    }

    /**
     * Taken out to be sent.
     *
     * @param dropped how many went before them
     */
    record Batch(List<LogRecord> records, long dropped) {}

    void add(LogRecord record) {
        if (records.size() == capacity) {
            records.removeFirst();
            dropped++;
        }
        records.addLast(record);
    }

    Batch take(int most) {
        List<LogRecord> taken = new ArrayList<>();
        while (taken.size() < most && !records.isEmpty()) {
            taken.add(records.removeFirst());
        }
        Batch batch = new Batch(taken, dropped);
        dropped = 0;
        return batch;
    }

    /** Puts back what could not be sent, before all that came meanwhile; of it, too, the oldest go first. */
    void putBack(Batch batch) {
        dropped += batch.dropped();
        for (LogRecord record : batch.records().reversed()) {
            if (records.size() == capacity) {
                dropped++;
            } else {
                records.addFirst(record);
            }
        }
    }

    boolean isEmpty() {
        return records.isEmpty() && dropped == 0;
    }
}
