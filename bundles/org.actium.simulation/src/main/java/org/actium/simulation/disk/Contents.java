package org.actium.simulation.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The bytes of one file: as they are read, and what a crash may leave of them. Sectors of 512 bytes are written whole
 * or not at all, in any order.
 */
final class Contents {

    static final int SECTOR = 512;

    /** A change since the bytes were last known to be safe; {@code safe} once a sync has made it so. */
    private static final class Change {
        private final long number;
        private final long position;
        private final byte[] bytes;
        private final boolean truncation;
        private boolean safe;
        private boolean abandoned;

        Change(long number, long position, byte[] bytes, boolean truncation) {
            this.number = number;
            this.position = position;
            this.bytes = bytes;
            this.truncation = truncation;
        }
    }

    private byte[] safe = new byte[0];
    private byte[] current = new byte[0];
    private int size;
    private long lastChange;
    private final List<Change> changes = new ArrayList<>();

    int size() {
        return size;
    }

    int read(long position, byte[] target) {
        int count = (int) Math.clamp(size - position, 0L, target.length);
        if (count > 0) {
            System.arraycopy(current, (int) position, target, 0, count);
        }
        return count;
    }

    void write(long position, byte[] bytes) {
        changes.add(new Change(++lastChange, position, bytes, false));
        apply(position, bytes);
    }

    void truncate(long newSize) {
        if (newSize < size) {
            changes.add(new Change(++lastChange, newSize, new byte[0], true));
            shorten((int) newSize);
        }
    }

    /** The number of the latest change; a sync makes safe what was written before it began. */
    long lastChange() {
        return lastChange;
    }

    /** Changes up to that one are safe now, except those that a failed sync has taken for written already. */
    void sync(long upTo) {
        changes.stream()
                .filter(change -> change.number <= upTo && !change.abandoned)
                .forEach(change -> change.safe = true);
        if (changes.stream().allMatch(change -> change.safe)) {
            changes.clear();
            safe = Arrays.copyOf(current, size);
        }
    }

    /**
     * The system forgets that these changes have not been written, as real ones do: later syncs succeed and do not make
     * them safe (Rebello et al., "Can applications recover from fsync failures?", USENIX ATC 2020).
     */
    void failSync() {
        changes.stream().filter(change -> !change.safe).forEach(change -> change.abandoned = true);
    }

    /** Power fails: of each change that is not safe, any sectors may have made it. */
    void crash(RandomGenerator random) {
        current = safe;
        size = safe.length;
        for (Change change : changes) {
            if (change.truncation) {
                if ((change.safe || random.nextBoolean()) && change.position < size) {
                    shorten((int) change.position);
                }
            } else if (change.safe) {
                apply(change.position, change.bytes);
            } else {
                tear(change, random);
            }
        }
        changes.clear();
        safe = Arrays.copyOf(current, size);
        current = safe.clone();
    }

    /** All, nothing or a random choice of sectors, each as likely. */
    private void tear(Change change, RandomGenerator random) {
        int fate = random.nextInt(3);
        long end = change.position + change.bytes.length;
        for (long from = change.position; from < end; ) {
            long to = Math.min(end, (from / SECTOR + 1) * SECTOR);
            if (fate == 0 || fate == 1 && random.nextBoolean()) {
                int offset = (int) (from - change.position);
                apply(from, Arrays.copyOfRange(change.bytes, offset, offset + (int) (to - from)));
            }
            from = to;
        }
    }

    private void apply(long position, byte[] bytes) {
        int end = Math.toIntExact(position + bytes.length);
        if (end > current.length) {
            current = Arrays.copyOf(current, Math.max(end, current.length * 2));
        }
        System.arraycopy(bytes, 0, current, (int) position, bytes.length);
        size = Math.max(size, end);
    }

    private void shorten(int newSize) {
        current = Arrays.copyOf(current, newSize);
        size = newSize;
    }
}
