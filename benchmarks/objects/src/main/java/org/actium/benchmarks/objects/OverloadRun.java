package org.actium.benchmarks.objects;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.Serializable;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.HdrHistogram.Histogram;
import org.actium.benchmarks.runner.Json;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.InboxFullException;
import org.actium.runtime.api.Node;

/**
 * More calls than an object can serve: {@code OverloadRun <file> [--quick]}. Run in a JVM of its own with a small heap.
 *
 * <p>First a flood of one-way calls as fast as they can be made, then a sweep over offered loads, where each call is due
 * at a fixed moment and its latency counts from there.
 */
public final class OverloadRun {

    private static final long SERVICE_NANOS = 5_000;
    private static final int CAPACITY = 10_000;
    private static final int FLOOD_CAPACITY = 100_000;
    private static final List<Double> SHARES = List.of(0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 4.0);
    private static final int LOOKS = 10;
    private static final byte[] LOAD = new byte[100];

    private final Ours ours = new Ours();
    private final boolean quick;

    private OverloadRun(boolean quick) {
        this.quick = quick;
    }

    /** Is busy for some time with each request. */
    public static class Slow implements Serializable {
        private static final long serialVersionUID = 1;
        private final Histogram latencies = new Histogram(3);
        private final long serviceNanos;
        private long served;
        private int longestQueue;

        public Slow(long serviceNanos) {
            this.serviceNanos = serviceNanos;
        }

        public void serve(long due, byte[] load) {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < serviceNanos) {
                Thread.onSpinWait();
            }
            served++;
            if (due != 0) {
                latencies.recordValue(Math.max(0, System.nanoTime() - due));
            }
            if ((served & 1023) == 0) {
                longestQueue =
                        Math.max(longestQueue, ActiveContext.current().service().requestCount());
            }
        }

        public long served() {
            return served;
        }

        public int longestQueue() {
            return longestQueue;
        }

        /** In microseconds: median, 99 %, 99.9 %, longest. */
        public double[] latencies() {
            return new double[] {
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getValueAtPercentile(99.9) / 1e3,
                latencies.getMaxValue() / 1e3
            };
        }
    }

    public static void main(String[] arguments) throws Exception {
        OverloadRun run = new OverloadRun(List.of(arguments).contains("--quick"));
        Json.write(run.run(), Path.of(arguments[0]));
        System.exit(0);
    }

    private Result.Overload run() {
        Result.Flood flood = flood(quick ? 1_000_000 : 10_000_000);
        double sustainable = sustainable();
        List<Result.Sweep> sweeps = new ArrayList<>();
        for (String whenFull : List.of("block", "fail")) {
            List<Result.Point> points = new ArrayList<>();
            for (double share : SHARES) {
                points.add(offer(whenFull, share, sustainable));
            }
            sweeps.add(new Result.Sweep(whenFull, SERVICE_NANOS, CAPACITY, sustainable, points));
        }
        ours.close();
        return new Result.Overload(List.of(flood), sweeps);
    }

    private Slow slow(String whenFull, int capacity, long serviceNanos) {
        String name = whenFull + "-" + System.nanoTime();
        Node node = ours.runtime().createNode(name, Optional.empty());
        node.setProperty("actium.inbox.capacity", String.valueOf(capacity));
        node.setProperty("actium.inbox.whenFull", whenFull);
        return ours.objects().newActive(Slow.class, serviceNanos).on(node).start();
    }

    /** Each call with a copy of its own of a hundred bytes. */
    private Result.Flood flood(long calls) {
        AtomicLong live = watchHeap();
        Slow slow = slow("block", FLOOD_CAPACITY, 1_000);
        long longest = 0;
        long begun = System.nanoTime();
        long before = begun;
        for (long i = 0; i < calls; i++) {
            slow.serve(0, LOAD);
            long now = System.nanoTime();
            longest = Math.max(longest, now - before);
            if (i % (calls / LOOKS) == calls / LOOKS / 2) {
                System.gc();
                now = System.nanoTime();
            }
            before = now;
        }
        long served = slow.served();
        double seconds = (System.nanoTime() - begun) / 1e9;
        int queue = slow.longestQueue();
        ours.end(slow);
        return new Result.Flood(
                calls,
                FLOOD_CAPACITY,
                seconds,
                (int) (Runtime.getRuntime().maxMemory() >> 20),
                live.get() / 1048576.0,
                queue,
                longest / 1e6,
                served);
    }

    /** The most that was live after a full garbage collection, from now on; others leave garbage behind. */
    private static AtomicLong watchHeap() {
        AtomicLong most = new AtomicLong();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                GarbageCollectionNotificationInfo collection = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                if (collection.getGcAction().contains("major")) {
                                    most.accumulateAndGet(live(collection), Math::max);
                                }
                            },
                            null,
                            null);
        }
        return most;
    }

    private static long live(GarbageCollectionNotificationInfo collection) {
        return collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> isHeap(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    private static boolean isHeap(String pool) {
        return pool.contains("Eden") || pool.contains("Survivor") || pool.contains("Old");
    }

    /** Calls for each second that one object serves when its queue is never empty. */
    private double sustainable() {
        Slow slow = slow("block", CAPACITY, SERVICE_NANOS);
        double best = 0;
        for (int round = 0; round < 3; round++) {
            long before = slow.served();
            long begun = System.nanoTime();
            for (int i = 0; i < 100_000; i++) {
                slow.serve(0, LOAD);
            }
            best = Math.max(best, (slow.served() - before) * 1e9 / (System.nanoTime() - begun));
        }
        ours.end(slow);
        return best;
    }

    private Result.Point offer(String whenFull, double share, double sustainable) {
        Slow slow = slow(whenFull, CAPACITY, SERVICE_NANOS);
        double interval = 1e9 / (share * sustainable);
        long limit = quick ? 500_000_000L : 1_500_000_000L;
        long begun = System.nanoTime();
        long refused = 0;
        long due = begun;
        for (long i = 0; due - begun < limit && System.nanoTime() - begun < limit; i++) {
            due = begun + (long) (i * interval);
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            try {
                slow.serve(due, LOAD);
            } catch (InboxFullException full) {
                refused++;
            }
        }
        long offering = System.nanoTime() - begun;
        long served = awaitServed(slow);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double[] latencies = slow.latencies();
        ours.end(slow);
        return new Result.Point(
                share,
                1e9 / interval,
                served / seconds,
                refused * 1e9 / offering,
                latencies[0],
                latencies[1],
                latencies[2],
                latencies[3]);
    }

    /** Once its queue has room for the question. */
    private static long awaitServed(Slow slow) {
        while (true) {
            try {
                return slow.served();
            } catch (InboxFullException full) {
                Thread.onSpinWait();
            }
        }
    }
}
