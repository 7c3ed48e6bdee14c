package org.actium.simulation.interleaving;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where a thread of a simulation may give way. Woven code calls the static methods; on a thread of no simulation they do
 * nothing.
 *
 * <p>Threading: each thread of a simulation has a point of its own, for as long as its task lasts.
 */
public final class SchedulePoint {

    private static final ScopedValue<SchedulePoint> OF_THREAD = ScopedValue.newInstance();

    private final Runnable giveWay;

    /** How many stretches the thread is in that must not be divided. */
    private int undivided;

    private SchedulePoint(Runnable giveWay) {
        this.giveWay = Objects.requireNonNull(giveWay, "giveWay");
    }

    /**
     * Runs the task of a thread of a simulation.
     *
     * @param giveWay called at every point that the task comes to; lets others run or does nothing
     */
    public static void run(Runnable task, Runnable giveWay) {
        ScopedValue.where(OF_THREAD, new SchedulePoint(giveWay)).run(task);
    }

    /** Before an access that other threads can see. */
    public static void pass() {
        if (OF_THREAD.isBound()) {
            OF_THREAD.get().giveWayUnlessUndivided();
        }
    }

    private void giveWayUnlessUndivided() {
        if (undivided == 0) {
            giveWay.run();
        }
    }

    /** Until the matching {@link #endUndivided} this thread does not give way at points. */
    public static void beginUndivided() {
        if (OF_THREAD.isBound()) {
            OF_THREAD.get().undivided++;
        }
    }

    public static void endUndivided() {
        if (OF_THREAD.isBound()) {
            OF_THREAD.get().undivided--;
        }
    }

    /** Whether the calling thread is in a stretch that must not be divided. */
    public static boolean isUndivided() {
        return OF_THREAD.isBound() && OF_THREAD.get().undivided > 0;
    }

    private static <T> T undivided(Supplier<T> stretch) {
        pass();
        beginUndivided();
        try {
            return stretch.get();
        } finally {
            endUndivided();
        }
    }

    // ---- in place of the method of a cache that outlives a run, and so computes in the first one only

    public static <T> T get(ClassValue<T> cache, Class<?> type) {
        return undivided(() -> cache.get(type));
    }

    // ---- in place of the methods of a map, which may hold a monitor while they call the function

    public static <K, V> V compute(Map<K, V> map, K key, BiFunction<? super K, ? super V, ? extends V> function) {
        return undivided(() -> map.compute(key, function));
    }

    public static <K, V> V computeIfAbsent(Map<K, V> map, K key, Function<? super K, ? extends V> function) {
        return undivided(() -> map.computeIfAbsent(key, function));
    }

    public static <K, V> V computeIfPresent(
            Map<K, V> map, K key, BiFunction<? super K, ? super V, ? extends V> function) {
        return undivided(() -> map.computeIfPresent(key, function));
    }

    public static <K, V> V merge(
            Map<K, V> map, K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        return undivided(() -> map.merge(key, value, function));
    }

    // ---- in place of the method of a stream, which holds the monitor of an exception while it writes its fields

    public static void writeObject(ObjectOutputStream stream, Object written) throws IOException {
        pass();
        beginUndivided();
        try {
            stream.writeObject(written);
        } finally {
            endUndivided();
        }
    }
}
