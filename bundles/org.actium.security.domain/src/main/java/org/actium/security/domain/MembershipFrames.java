package org.actium.security.domain;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.actium.remote.api.Link;
import org.actium.runtime.spi.Threads;

/**
 * Frames that wait to be looked at, off the reader of their link, since signatures are checked and links closed. Of each link
 * they are looked at one after the other, and none any more when it is closed: whatever the first bad one is followed by.
 */
final class MembershipFrames {

    /** So many of one link may wait; an honest one sends few in a day. */
    static final int MOST_FRAMES = 100;

    /** So many bytes of one link may wait. */
    static final int MOST_BYTES = 8 << 20;

    /** A type and the longest thing there is behind it. */
    static final int LONGEST = 1 + Expulsions.MOST_BYTES;

    private final Threads threads;
    private final BiConsumer<Link, ByteBuffer> look;
    private final ReentrantLock lock = new ReentrantLock();
    // guarded by lock
    private final Map<Link, Waiting> waiting = new HashMap<>();

    private static final class Waiting {
        private final Queue<ByteBuffer> frames = new ArrayDeque<>();
        private int bytes;
    }

    /** @param look must not throw */
    MembershipFrames(Threads threads, BiConsumer<Link, ByteBuffer> look) {
        this.threads = threads;
        this.look = look;
    }

    /**
     * Keeps a copy until it is looked at.
     *
     * @throws IllegalArgumentException if no honest member sends that, or that much
     */
    void add(Link from, ByteBuffer frame) {
        int length = frame.remaining();
        if (length > LONGEST) {
            throw new IllegalArgumentException(from.peer() + " sends a frame of " + length
                    + " bytes on channel MEMBERSHIP, where none has more than " + LONGEST);
        }
        boolean first;
        lock.lock();
        try {
            first = !waiting.containsKey(from);
            Waiting all = waiting.computeIfAbsent(from, link -> new Waiting());
            if (all.frames.size() == MOST_FRAMES || all.bytes + length > MOST_BYTES) {
                throw new IllegalArgumentException(
                        from.peer() + " sends more on channel MEMBERSHIP than can be looked at: " + all.frames.size()
                                + " frames of " + all.bytes + " bytes wait");
            }
            all.frames.add(ByteBuffer.allocate(length).put(frame).flip());
            all.bytes += length;
        } finally {
            lock.unlock();
        }
        if (first) {
            threads.run(() -> lookAtAll(from));
        }
    }

    private void lookAtAll(Link from) {
        ByteBuffer frame;
        do {
            frame = first(from);
            if (from.isOpen()) {
                look.accept(from, frame.duplicate());
            }
        } while (hasMoreWithout(from, frame));
    }

    /** It counts as waiting while it is looked at. */
    private ByteBuffer first(Link from) {
        lock.lock();
        try {
            return waiting.get(from).frames.element();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasMoreWithout(Link from, ByteBuffer looked) {
        lock.lock();
        try {
            Waiting all = waiting.get(from);
            all.frames.remove();
            all.bytes -= looked.remaining();
            boolean more = !all.frames.isEmpty();
            if (!more) {
                waiting.remove(from);
            }
            return more;
        } finally {
            lock.unlock();
        }
    }
}
