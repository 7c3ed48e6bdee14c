package org.actium.object.core;

import java.util.ArrayDeque;
import java.util.Deque;

/** What {@link InboxUse} has to look like to everybody, as one thread would do it. */
public class SequentialInbox {

    private final Deque<Entry> entries = new ArrayDeque<>();
    private Entry chosen;
    private boolean asleep = true;
    private boolean parked;
    private boolean closed;

    /** Equal to itself only. */
    private static final class Entry {
        private final int number;

        Entry(int number) {
            this.number = number;
        }
    }

    public String push(int number) {
        if (closed) {
            return Inbox.Push.CLOSED.name();
        }
        if (entries.size() == QueueUse.CAPACITY) {
            return Inbox.Push.FULL.name();
        }
        entries.add(new Entry(number));
        Inbox.Push pushed = asleep ? Inbox.Push.START : parked ? Inbox.Push.UNPARK : Inbox.Push.QUEUED;
        asleep = false;
        parked = false;
        return pushed.name();
    }

    public int poll() {
        return asleep ? QueueUse.NOTHING : number(entries.poll());
    }

    public boolean sleep() {
        if (asleep) {
            return true;
        }
        asleep = !closed && entries.isEmpty();
        parked &= !asleep;
        return asleep;
    }

    public int chooseYoungest() {
        if (asleep) {
            return QueueUse.NOTHING;
        }
        chosen = entries.peekLast();
        return number(chosen);
    }

    public boolean removeChosen() {
        return !asleep && chosen != null && entries.remove(chosen);
    }

    public boolean park() {
        parked |= !asleep && !closed;
        return parked;
    }

    public void rise() {
        parked = false;
    }

    public String close() {
        StringBuilder left = new StringBuilder();
        if (!asleep) {
            closed = true;
            parked = false;
            chosen = null;
            entries.forEach(entry -> left.append(entry.number));
            entries.clear();
        }
        return left.toString();
    }

    private static int number(Entry entry) {
        return entry == null ? QueueUse.NOTHING : entry.number;
    }
}
