package org.actium.runtime.core;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Tasks that wait, in lanes: one for each processor, so that two processors seldom write to the same line of the cache,
 * which costs them more than all else they do to a short task. Any thread may add to any lane and take from it.
 *
 * <p>A lane has three places:
 *
 * <pre>
 *   add ─▶ the latest ──the next one comes──▶ stack ──the oldest is asked for──▶ line, oldest first
 * </pre>
 *
 * So the most recent task is taken without a look at the others, and one that is alone needs no link.
 */
final class Lanes {

    /** So many places of the array fill two lines of the cache, which processors fetch together. */
    private static final int APART = 32;

    private static final int LATEST = 0;
    private static final int STACK = 1;
    private static final int LINE = 2;

    private final int count;
    private final AtomicReferenceArray<Object> places; // those of a lane side by side, with space around

    /** @param count 1 or more */
    Lanes(int count) {
        this.count = count;
        this.places = new AtomicReferenceArray<>((count + 1) * APART + 1);
    }

    /** A task on the stack or in the line; changes only while it is in neither. */
    private static final class Link {
        private Runnable task;
        private Link next;
    }

    int count() {
        return count;
    }

    /** Adds a task. Never blocks. */
    void add(int lane, Runnable task) {
        int place = place(lane, LATEST);
        Link link = null;
        while (true) {
            Runnable passed = (Runnable) places.get(place);
            if (passed != null) {
                link = link == null ? new Link() : link; // before it is out of its place: there may be no memory
                link.task = passed;
            }
            if (places.compareAndSet(place, passed, task)) {
                if (passed != null) {
                    push(place(lane, STACK), link, link);
                }
                return;
            }
        }
    }

    /** The most recent task of this lane that is not in line, else the first in line; {@code null} if there is none. */
    Runnable latest(int lane) {
        Runnable latest = takeLatest(lane);
        if (latest == null) {
            latest = pop(place(lane, STACK));
        }
        return latest == null ? pop(place(lane, LINE)) : latest;
    }

    /**
     * The oldest task of this lane, else of the next one that has any. While it looks, others may find neither that nor
     * those which it gets in line in this lane; whoever asks sees to it that somebody looks for these again.
     *
     * @return {@code null} if none was found
     */
    Runnable oldest(int lane) {
        for (int i = 0; i < count; i++) {
            Runnable oldest = oldest((lane + i) % count, lane);
            if (oldest != null) {
                return oldest;
            }
        }
        return null;
    }

    /**
     * @param to where the others on the stack get in line: whoever runs out of tasks is to be busy for some time. They go
     *     before what somebody else has put there meanwhile
     */
    private Runnable oldest(int from, int to) {
        Runnable first = pop(place(from, LINE));
        if (first != null) {
            return first;
        }
        Link youngest = (Link) take(place(from, STACK));
        if (youngest == null) {
            return takeLatest(from);
        }
        Link oldest = turned(youngest);
        if (oldest != youngest) {
            push(place(to, LINE), oldest.next, youngest);
        }
        return oldest.task;
    }

    private static Link turned(Link youngest) {
        Link oldest = null;
        for (Link link = youngest; link != null; ) {
            Link next = link.next;
            link.next = oldest;
            oldest = link;
            link = next;
        }
        return oldest;
    }

    /** Begins with that lane, which spares a look at others if it is the one of who asks. */
    boolean isEmpty(int first) {
        for (int i = 0; i < count; i++) {
            int lane = (first + i) % count;
            if (places.get(place(lane, LATEST)) != null
                    || places.get(place(lane, STACK)) != null
                    || places.get(place(lane, LINE)) != null) {
                return false;
            }
        }
        return true;
    }

    private Runnable takeLatest(int lane) {
        return (Runnable) take(place(lane, LATEST));
    }

    private Object take(int place) {
        return places.get(place) == null ? null : places.getAndSet(place, null);
    }

    private Runnable pop(int place) {
        Link top;
        do {
            top = (Link) places.get(place);
        } while (top != null && !places.compareAndSet(place, top, top.next));
        return top == null ? null : top.task;
    }

    /** Puts a chain before what is there. */
    private void push(int place, Link first, Link last) {
        Object before;
        do {
            before = places.get(place);
            last.next = (Link) before;
        } while (!places.compareAndSet(place, before, first));
    }

    private static int place(int lane, int which) {
        return (lane + 1) * APART + which;
    }
}
