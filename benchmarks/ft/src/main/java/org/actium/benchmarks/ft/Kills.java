package org.actium.benchmarks.ft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryListener;
import org.actium.ft.api.RecoveryStatus;

/** Kills the JVM of an object that is being called, again and again; another one goes on with it. */
final class Kills {

    static final int STATE_BYTES = 1 << 20;

    /** Each kill comes behind a checkpoint or two, and a log that is behind the latest. */
    static final Duration TTC = Duration.ofSeconds(1);

    private static final Duration CALLED_BEFORE = Duration.ofMillis(1700);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Detection detection;
    private final AtomicLong replied = new AtomicLong();
    private final AtomicReference<RuntimeException> failed = new AtomicReference<>();
    private volatile boolean over;

    private Kills(Cluster cluster, Detection detection) {
        this.cluster = cluster;
        this.detection = detection;
    }

    /** When the JVM was given up that is killed; others may be, too, on a machine that is busy. */
    private static final class Detection implements RecoveryListener {
        private volatile String victim = "";
        private volatile long when; // 0 before

        void awaits(String runtime) {
            when = 0;
            victim = runtime;
        }

        @Override
        public void happened(RecoveryEvent event) {
            if (event instanceof RecoveryEvent.RuntimeLost(String runtime, Duration _, int _)
                    && runtime.equals(victim)) {
                when = System.nanoTime();
            }
        }
    }

    static Result.Recovery measure(int rounds) throws Exception {
        Detection detection = new Detection();
        try (Cluster cluster = Cluster.start(Protection.PML, TTC, detection)) {
            return new Kills(cluster, detection).run(rounds);
        }
    }

    private Result.Recovery run(int rounds) throws Exception {
        Sink sink = cluster.create(Sink.class, 0, STATE_BYTES);
        Thread caller = Thread.ofPlatform().name("caller").start(() -> call(sink));
        List<Double> untilDetected = new ArrayList<>();
        List<Double> untilServed = new ArrayList<>();
        try {
            for (int round = 0; round < rounds; round++) {
                Thread.sleep(CALLED_BEFORE);
                await("a runtime takes what is lost", this::isSpareThere);
                String home = home();
                detection.awaits(home);
                long killed = cluster.kill(home);
                await("the JVM is given up", () -> detection.when != 0);
                await("the object is served again", () -> isFirstBehind(replied.get()));
                untilDetected.add((detection.when - killed) / 1e6);
                untilServed.add((replied.get() - detection.when) / 1e6);
                cluster.add();
            }
        } finally {
            over = true;
        }
        caller.join();
        return new Result.Recovery(untilDetected, untilServed);
    }

    /** The first reply behind the detection stays: it is the one that counts. */
    private void call(Sink sink) {
        try {
            long before = -1;
            while (!over) {
                long taken = sink.taken();
                if (taken < before) {
                    throw new IllegalStateException("the object has forgotten something");
                }
                before = taken;
                long now = System.nanoTime();
                replied.updateAndGet(earlier -> isFirstBehind(earlier) ? earlier : now);
            }
        } catch (RuntimeException lost) {
            if (!over) {
                failed.set(lost);
            }
        }
    }

    private boolean isFirstBehind(long reply) {
        long when = detection.when;
        return when != 0 && reply > when;
    }

    private boolean isSpareThere() {
        return cluster.status().runtimes().stream()
                                .filter(RecoveryStatus.RuntimeStatus::takes)
                                .count()
                        >= 2
                && cluster.status().objects().stream().allMatch(object -> object.state() == RecoveryStatus.State.THERE);
    }

    private String home() {
        return cluster.status().objects().getFirst().runtime();
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (failed.get() != null) {
                throw failed.get();
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + LONGEST.toSeconds() + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
