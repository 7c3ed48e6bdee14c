package org.actium.service.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** The figures of one node, by method. Any thread. */
final class NodeMeters implements AutoCloseable {

    private final Map<String, Meter> methods = new ConcurrentHashMap<>();
    private final Runnable closing;

    /** Figures of one method. */
    static final class Meter {

        private final LongAdder sent = new LongAdder();
        private final LongAdder arrived = new LongAdder();
        private final LongAdder served = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAccumulator longest = new LongAccumulator(Long::max, 0);

        void sent() {
            sent.increment();
        }

        void arrived() {
            arrived.increment();
        }

        void served(long took, boolean normally) {
            served.increment();
            if (!normally) {
                failed.increment();
            }
            nanos.add(took);
            longest.accumulate(took);
        }

        Figures figures() {
            return new Figures(sent.sum(), arrived.sum(), served.sum(), failed.sum(), nanos.sum(), longest.get());
        }
    }

    /**
     * What was counted so far.
     *
     * @param failed of those served
     * @param nanos spent serving, all together
     */
    record Figures(long sent, long arrived, long served, long failed, long nanos, long longestNanos) {

        long meanMicros() {
            return served == 0 ? 0 : nanos / served / 1000;
        }
    }

    NodeMeters(Runnable closing) {
        this.closing = closing;
    }

    Meter of(String method) {
        Meter meter = methods.get(method);
        return meter == null ? methods.computeIfAbsent(method, m -> new Meter()) : meter;
    }

    Map<String, Meter> methods() {
        return methods;
    }

    @Override
    public void close() {
        closing.run();
    }
}
