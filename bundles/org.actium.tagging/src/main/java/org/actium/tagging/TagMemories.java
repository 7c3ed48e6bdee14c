package org.actium.tagging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectListener;
import org.actium.runtime.spi.Time;
import org.actium.tagging.api.TagMemory;

/** What the objects of one runtime remember for tags, each for as long as its lease. */
final class TagMemories implements ObjectListener {

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<BodyId, Map<String, Memory>> memories = new HashMap<>(); // guarded by lock

    TagMemories(Time time) {
        this.time = time;
    }

    TagMemory memory(BodyId body, String tag, Duration lease) {
        if (!lease.isPositive()) {
            throw new IllegalArgumentException("the lease for tag '" + tag + "' must be positive, but is " + lease);
        }
        lock.lock();
        try {
            Memory memory = memories.computeIfAbsent(body, _ -> new TreeMap<>())
                    .computeIfAbsent(tag, _ -> new Memory(body, tag));
            memory.lease = lease;
            memory.use();
            return memory;
        } finally {
            lock.unlock();
        }
    }

    /** A request with that tag is served. */
    void renew(BodyId body, String tag) {
        lock.lock();
        try {
            Memory memory = memories.getOrDefault(body, Map.of()).get(tag);
            if (memory != null) {
                memory.use();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(BodyId body) {
        lock.lock();
        try {
            Map<String, Memory> gone = memories.remove(body);
            if (gone != null) {
                gone.values().forEach(Memory::forget);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Its fields are guarded by the lock. A timer runs while it has values; it looks at its end whether there was a use. */
    private final class Memory implements TagMemory {

        private final BodyId body;
        private final String tag;
        private final Map<String, Object> values = new HashMap<>();
        private Duration lease = Duration.ZERO;
        private long used;
        private boolean timed;

        Memory(BodyId body, String tag) {
            this.body = body;
            this.tag = tag;
        }

        @Override
        public Optional<Object> get(String key) {
            lock.lock();
            try {
                use();
                return Optional.ofNullable(values.get(key));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void put(String key, Object value) {
            lock.lock();
            try {
                use();
                values.put(key, value);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void remove(String key) {
            lock.lock();
            try {
                use();
                values.remove(key);
            } finally {
                lock.unlock();
            }
        }

        /** Notes a use, unless the lease has passed: then what was kept is forgotten first. */
        private void use() {
            long now = time.nanos();
            if (timed && now - used >= TimeUnit.NANOSECONDS.convert(lease)) {
                forget();
            }
            used = now;
            if (!timed) {
                timed = true;
                time.after(lease, this::look);
            }
        }

        private void look() {
            lock.lock();
            try {
                long left = TimeUnit.NANOSECONDS.convert(lease) - (time.nanos() - used);
                if (left > 0) {
                    time.after(Duration.ofNanos(left), this::look);
                    return;
                }
                timed = false;
                forget();
                Map<String, Memory> ofBody = memories.getOrDefault(body, Map.of());
                if (ofBody.get(tag) == this) {
                    ofBody.remove(tag);
                    if (ofBody.isEmpty()) {
                        memories.remove(body);
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        private void forget() {
            values.clear();
        }
    }
}
