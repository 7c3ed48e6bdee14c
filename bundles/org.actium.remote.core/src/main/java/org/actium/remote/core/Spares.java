package org.actium.remote.core;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Arrays of long frames that nobody needs any more, for the next ones: what was in use a moment ago is in the caches of the
 * processor, and need not be filled with zeros. The last one that came back goes first. Any thread.
 */
final class Spares {

    /** Shorter ones are not worth it. */
    static final int MIN_BYTES = Partial.PART_BYTES;

    /** Lengths are multiples of it: frames of one method differ by a few bytes, and are to fit. */
    static final int STEP_BYTES = 64 << 10;

    /** All that are kept together. */
    static final int MAX_BYTES = Outgoing.WINDOW_BYTES;

    /** Lent ones that are remembered. More are under way only while many threads begin to send at once. */
    private static final int MAX_LENT = 16;

    private final BooleanSupplier keeping;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<byte[]> spare = new ArrayDeque<>(); // guarded by lock; the last one that came back is the first
    private final Deque<WeakReference<byte[]>> lent =
            new ArrayDeque<>(); // guarded by lock; the oldest one is the first
    private int spareBytes; // guarded by lock

    /** @param keeping whether anything is kept now; who has it become false drops what there is */
    Spares(BooleanSupplier keeping) {
        this.keeping = keeping;
    }

    /** An array of at least that length, with any content. */
    byte[] take(int length) {
        if (length < MIN_BYTES || length > MAX_BYTES) {
            return new byte[length];
        }
        lock.lock();
        try {
            byte[] found = find(length);
            if (found != null) {
                return found;
            }
        } finally {
            lock.unlock();
        }
        return new byte[Math.ceilDiv(length, STEP_BYTES) * STEP_BYTES];
    }

    private byte[] find(int length) {
        for (byte[] candidate : spare) {
            if (candidate.length >= length) {
                spare.removeFirstOccurrence(candidate);
                spareBytes -= candidate.length;
                return candidate;
            }
        }
        return null;
    }

    /** As {@link #take}, for a frame that may come to be sent: then it {@linkplain #isReturned is returned}. */
    byte[] lend(int length) {
        byte[] array = take(length);
        if (isWorthKeeping(array)) {
            lock.lock();
            try {
                if (lent.size() == MAX_LENT) {
                    lent.removeFirst();
                }
                lent.addLast(new WeakReference<>(array));
            } finally {
                lock.unlock();
            }
        }
        return array;
    }

    /** Whether it was lent; from now on it is not. */
    boolean isReturned(byte[] array) {
        if (!isWorthKeeping(array)) {
            return false;
        }
        lock.lock();
        try {
            return lent.removeIf(one -> one.refersTo(array));
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads or writes it any more. */
    void give(byte[] array) {
        if (!isWorthKeeping(array)) {
            return;
        }
        lock.lock();
        try {
            if (!keeping.getAsBoolean()) {
                return;
            }
            spare.addFirst(array);
            spareBytes += array.length;
            while (spareBytes > MAX_BYTES) {
                spareBytes -= spare.removeLast().length;
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isWorthKeeping(byte[] array) {
        return array.length >= MIN_BYTES && array.length <= MAX_BYTES;
    }

    /** Leaves all of them to the collector. */
    void drop() {
        lock.lock();
        try {
            spare.clear();
            lent.clear();
            spareBytes = 0;
        } finally {
            lock.unlock();
        }
    }

    /** What is kept, for tests. */
    int bytes() {
        lock.lock();
        try {
            return spareBytes;
        } finally {
            lock.unlock();
        }
    }
}
