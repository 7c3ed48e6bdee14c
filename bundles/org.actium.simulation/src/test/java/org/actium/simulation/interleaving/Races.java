package org.actium.simulation.interleaving;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Textbook races, and programs that look like them and have none. */
final class Races {

    private Races() {}

    /** Two threads add one; reading and writing are two accesses. */
    public static final class LostUpdate implements Race {
        private volatile int count;

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(2, () -> count = count + 1);
        }

        @Override
        public String verdict() {
            return count == 2 ? "" : "an update was lost";
        }
    }

    /** The same with a field that is not even volatile, and through a class of its own. */
    public static final class LostPlainUpdate implements Race {
        private static final class Counter {
            private int count;
        }

        private final Counter counter = new Counter();

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(2, () -> counter.count++);
        }

        @Override
        public String verdict() {
            return counter.count == 2 ? "" : "an update was lost";
        }
    }

    /** The sleeper says that it sleeps after it has looked, so whoever brings work in between wakes nobody. */
    public static final class LostWakeUp implements Race {
        private final AtomicInteger work = new AtomicInteger();
        private volatile Thread sleeper;
        private volatile boolean done;

        @Override
        public List<Runnable> threads() {
            return List.of(
                    () -> {
                        while (work.get() == 0) {
                            sleeper = Thread.currentThread();
                            LockSupport.park();
                        }
                        done = true;
                    },
                    () -> {
                        work.incrementAndGet();
                        Thread asleep = sleeper;
                        if (asleep != null) {
                            LockSupport.unpark(asleep);
                        }
                    });
        }

        @Override
        public String verdict() {
            return done ? "" : "a wake-up was lost";
        }
    }

    /** Looked at twice, but the second time without the lock. */
    public static final class DoubleChecked implements Race {
        private static final VarHandle INSTANCE;

        static {
            try {
                INSTANCE = MethodHandles.lookup().findVarHandle(DoubleChecked.class, "instance", Object.class);
            } catch (ReflectiveOperationException impossible) {
                throw new ExceptionInInitializerError(impossible);
            }
        }

        private final ReentrantLock lock = new ReentrantLock();
        private final AtomicInteger made = new AtomicInteger();
        private volatile Object instance;

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(2, () -> {
                if (INSTANCE.getVolatile(this) == null) {
                    lock.lock();
                    try {
                        made.incrementAndGet();
                        INSTANCE.setVolatile(this, new Object());
                    } finally {
                        lock.unlock();
                    }
                }
            });
        }

        @Override
        public String verdict() {
            return made.get() == 1 ? "" : "made " + made + " times";
        }
    }

    /** Looks into a map and then puts, declared as a {@code Map}. */
    public static final class CheckThenPut implements Race {
        private final Map<String, Integer> map = new ConcurrentHashMap<>();
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(2, () -> {
                if (!map.containsKey("key")) {
                    map.put("key", made.incrementAndGet());
                }
            });
        }

        @Override
        public String verdict() {
            return made.get() == 1 ? "" : "made " + made + " times";
        }
    }

    /** Says that it is done before it has looked for the last time, as a drain with a flag must not. */
    public static final class ForgottenElement implements Race {
        private final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean draining = new AtomicBoolean();

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(3, () -> {
                queue.add(1);
                if (draining.compareAndSet(false, true)) {
                    while (!queue.isEmpty()) {
                        queue.poll();
                    }
                    draining.set(false);
                }
            });
        }

        @Override
        public String verdict() {
            return queue.isEmpty() ? "" : "an element was forgotten";
        }
    }

    /** What a map computes is one step: it holds a monitor meanwhile, and nobody else may want it then. */
    public static final class Computed implements Race {
        private final Map<String, Integer> map = new ConcurrentHashMap<>();
        private volatile int made;

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(4, () -> {
                map.computeIfAbsent("key", key -> made = made + 1);
                map.compute("key", (key, count) -> count + one());
                map.computeIfPresent("key", (key, count) -> count + one());
                map.merge("key", 1, (count, more) -> count + more + one() - 1);
            });
        }

        private int one() {
            return made;
        }

        @Override
        public String verdict() {
            return made == 1 && map.get("key") == 13 ? "" : "made " + made + ", then " + map;
        }
    }

    /** Several threads write one exception, of which the JDK holds the monitor while it writes the fields. */
    public static final class Written implements Race {
        /** Counts what it meets. */
        private static final class CountingStream extends ObjectOutputStream {
            private volatile int met;

            CountingStream() throws IOException {
                super(OutputStream.nullOutputStream());
                enableReplaceObject(true);
            }

            @Override
            protected Object replaceObject(Object met) {
                this.met = this.met + 1;
                return met;
            }
        }

        private final Exception shared = new IllegalStateException("why", new IllegalArgumentException("cause"));
        private volatile int met;

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(3, this::write);
        }

        private void write() {
            try (CountingStream stream = new CountingStream()) {
                stream.writeObject(shared);
                met = stream.met;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public String verdict() {
            return met > 2 ? "" : "met " + met + " objects only";
        }
    }

    /** Guarded as it should be. */
    public static final class Guarded implements Race {
        private final ReentrantLock lock = new ReentrantLock();
        private int count;

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(4, () -> {
                lock.lock();
                try {
                    count = count + 1;
                } finally {
                    lock.unlock();
                }
            });
        }

        @Override
        public String verdict() {
            return count == 4 ? "" : "an update was lost";
        }
    }

    /** Something that is computed for a class by whichever thread comes first, once in a JVM. */
    public static final class Cached implements Race {
        private static final ClassValue<Integer> LENGTHS = new ClassValue<>() {
            @Override
            protected Integer computeValue(Class<?> type) {
                AtomicInteger length = new AtomicInteger();
                type.getSimpleName().chars().forEach(letter -> length.incrementAndGet());
                return length.get();
            }
        };

        private volatile int sum;

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(3, () -> sum = sum + LENGTHS.get(Cached.class));
        }

        @Override
        public String verdict() {
            return sum == 18 ? "" : "an update was lost";
        }
    }

    /** A class that is initialized by whichever thread comes first, once in a JVM. */
    public static final class Initialized implements Race {
        private static final class Holder {
            private static final AtomicInteger NUMBERS = new AtomicInteger();
            private static final int FIRST = NUMBERS.incrementAndGet() + NUMBERS.incrementAndGet();
        }

        private volatile int sum;

        @Override
        public List<Runnable> threads() {
            return Collections.nCopies(3, () -> sum = sum + Holder.FIRST);
        }

        @Override
        public String verdict() {
            return sum == 9 ? "" : "an update was lost";
        }
    }
}
