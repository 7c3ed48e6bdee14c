package org.actium.codec.java;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.codec.api.SentClasses;

/**
 * Numbers of classes, given in the order of their first use and never given again. When they are used up, messages describe
 * further classes themselves.
 */
final class SentTable implements SentClasses {

    /** In place of a number. */
    static final int UNKNOWN = -1;

    /** Numbers that a link may use in one direction. */
    static final int NUMBERS = 4096;

    /** Longer descriptions are not worth a place. */
    static final int DESCRIPTION_BYTES = 16 << 10;

    /** All descriptions together. */
    static final int ALL_BYTES = 1 << 20;

    private final Announcer announcer;
    private final Map<Object, Integer> numbers = new ConcurrentHashMap<>();
    private final ReferenceQueue<Class<?>> unloaded = new ReferenceQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int next; // guarded by lock
    private int bytes; // guarded by lock

    /** The class is not kept alive, and compared by identity. */
    private static final class Key extends WeakReference<Class<?>> {
        private final int hash;

        Key(Class<?> type, ReferenceQueue<Class<?>> unloaded) {
            super(type, unloaded);
            this.hash = type.hashCode();
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other == this || other instanceof Key key && get() != null && get() == key.get();
        }
    }

    /** To look a class up. */
    private record Sought(Class<?> type) {

        @Override
        public int hashCode() {
            return type.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.get() == type;
        }
    }

    SentTable(Announcer announcer) {
        this.announcer = Objects.requireNonNull(announcer, "announcer");
    }

    /** The number under which the other end knows the class, or {@link #UNKNOWN}; announces it if need be, which may block. */
    int number(Class<?> type, ValuePlans plans) {
        Integer known = numbers.get(new Sought(type));
        return known == null ? announced(type, plans) : known;
    }

    private int announced(Class<?> type, ValuePlans plans) {
        lock.lock();
        try {
            Integer known = numbers.get(new Sought(type));
            if (known != null) {
                return known;
            }
            byte[] description = plans.form(type).toBytes();
            if (next == NUMBERS || description.length > DESCRIPTION_BYTES || bytes + description.length > ALL_BYTES) {
                return UNKNOWN;
            }
            int number = next++;
            bytes += description.length;
            announcer.announce(number, description);
            forgetUnloaded();
            numbers.put(new Key(type, unloaded), number);
            return number;
        } catch (RuntimeException notSent) {
            return UNKNOWN; // the link is lost, as whoever sends the message will find
        } finally {
            lock.unlock();
        }
    }

    private void forgetUnloaded() {
        Reference<?> gone;
        while ((gone = unloaded.poll()) != null) {
            numbers.remove(gone);
        }
    }

    @Override
    public void forget() {
        lock.lock();
        try {
            numbers.clear();
        } finally {
            lock.unlock();
        }
    }
}
