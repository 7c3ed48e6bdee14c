package org.actium.simulation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** All the ways out of the simulation that are known, and that each is noticed and said readably. */
public class EscapeTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Scheduler scheduler = Runs.of(1, Strategy.roundRobin(), Limits.DEFAULT);
    private final Lane lane = scheduler.lane("h1");
    private final Object monitor = new Object();

    @Test
    public void aSleepIsNoticed() {
        start("sleeper", () -> Thread.sleep(10_000));

        assertThat(escape().text())
                .contains("h1/sleeper waits for the real clock: java.lang.Thread.sleep called at ")
                .contains("EscapeTest.java")
                .contains("use Time.after");
    }

    /**
     * The time may be over while the thread is still coming to rest: then it is seen to be ready, as if it had
     * yielded.
     */
    @Test
    public void aSleepTooShortToBeSeenIsNoticedToo() {
        for (long seed = 0; seed < 200; seed++) {
            Scheduler fresh = Runs.seeded(seed);
            fresh.start(fresh.lane("h1"), "napper", () -> LockSupport.parkNanos(1));

            assertThat(fresh.run()).as("nap %s", seed).isInstanceOf(Ending.Failed.class);
            assertThat(((Ending.Failed) fresh.run()).failure().text()).contains("h1/napper", "use Time.after");
        }
    }

    @Test
    public void aTimedParkIsNoticed() {
        start("parker", () -> LockSupport.parkNanos(10_000_000_000L));

        assertThat(escape().text()).contains("java.util.concurrent.locks.LockSupport.parkNanos called at ");
    }

    @Test
    public void aTimedPollIsNoticed() {
        start("poller", () -> new LinkedBlockingQueue<String>().poll(10, TimeUnit.SECONDS));

        assertThat(escape().text()).contains("java.util.concurrent.LinkedBlockingQueue.poll called at ");
    }

    @Test
    public void aTimedGetIsNoticed() {
        start("getter", () -> new CompletableFuture<String>().get(10, TimeUnit.SECONDS));

        assertThat(escape().text()).contains("java.util.concurrent.CompletableFuture.get called at ");
    }

    @Test
    public void aTimedConditionIsNoticed() {
        ReentrantLock lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        start("waiter", () -> {
            lock.lock();
            changed.awaitNanos(10_000_000_000L);
        });

        assertThat(escape().text()).contains("awaitNanos called at ", "use Time.after");
    }

    @Test
    public void aTimedJoinIsNoticed() {
        Thread other = scheduler.start(lane, "other", LockSupport::park);
        start("joiner", () -> other.join(10_000));

        assertThat(escape().text()).contains("java.lang.Thread.join called at ", "use Time.after");
    }

    @Test
    public void aContendedMonitorIsNoticedWhereItWasWanted() {
        start("holder", () -> {
            synchronized (monitor) {
                Thread.yield();
            }
        });
        start("second", () -> {
            synchronized (monitor) {
                fail("the holder is still inside");
            }
        });

        assertThat(escape().text())
                .contains("h1/second wants a monitor that a thread holds which came to rest itself: at ")
                .contains("EscapeTest")
                .contains("use a ReentrantLock");
    }

    @Test
    public void aMonitorNobodyWaitsForIsFine() {
        for (int i = 0; i < 10; i++) {
            start("thread " + i, () -> {
                synchronized (monitor) {
                    monitor.notifyAll();
                }
                Thread.yield();
            });
        }

        assertThat(scheduler.run()).isEqualTo(new Ending.Quiet());
    }

    @Test
    public void aMonitorInsideOfAMapIsNoticed() {
        ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
        start(
                "first",
                () -> map.computeIfAbsent("key", key -> {
                    Thread.yield();
                    return "value";
                }));
        start("second", () -> map.computeIfAbsent("key", key -> "value"));

        assertThat(escape().text()).contains("java.util.concurrent.ConcurrentHashMap.computeIfAbsent called at ");
    }

    @Test
    public void waitingForANotificationIsNoticed() {
        start("waiter", () -> {
            synchronized (monitor) {
                monitor.wait();
            }
        });

        assertThat(escape().text())
                .contains("h1/waiter waits for a monitor to be notified: java.lang.Object.wait called at ")
                .contains("use a Condition");
    }

    @Test
    public void waitingForANotificationWithATimeOutIsNoticed() {
        start("waiter", () -> {
            synchronized (monitor) {
                monitor.wait(10_000);
            }
        });

        assertThat(escape().text()).contains("h1/waiter waits for a monitor to be notified");
    }

    @Test
    public void aForeignThreadThatWakesOneOfOursIsNoticed() {
        Thread ours = scheduler.start(lane, "ours", () -> LockSupport.park());
        start("caller", () -> foreign(() -> LockSupport.unpark(ours)));

        assertThat(escape().text())
                .contains("thread stranger, which is not part of the simulation, woke h1/ours")
                .contains("java.util.concurrent.locks.LockSupport.park called at")
                .contains("start it through Threads")
                .contains("LockSupport.unpark");
    }

    @Test
    public void theCommonPoolIsNoticed() {
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<String> future = new CompletableFuture<>();
        start("waiter", future::join);
        start("caller", () -> {
            CompletableFuture.runAsync(() -> {
                future.complete("result");
                done.countDown();
            });
            awaitOutside(done);
        });

        assertThat(escape().text()).contains("ForkJoinPool.commonPool-worker-", "woke h1/waiter");
    }

    @Test
    public void aTimeOutOfACompletableFutureIsNoticed() {
        CompletableFuture<String> future = new CompletableFuture<>();
        CountDownLatch done = new CountDownLatch(1);
        start("caller", () -> {
            future.whenComplete((value, failure) -> done.countDown());
            Thread.yield();
            // whoever began to wait last is woken first, so the waiter has been woken when the latch opens
            future.orTimeout(1, TimeUnit.NANOSECONDS);
            awaitOutside(done);
        });
        start("waiter", future::join);

        assertThat(escape().text()).contains("which is not part of the simulation, woke h1/waiter");
    }

    @Test
    public void aForeignThreadThatStartsOneOfOursIsNoticed() {
        start("caller", () -> foreign(() -> scheduler.start(lane, "late", () -> {})));

        assertThat(escape().text())
                .contains("thread stranger, which is not part of the simulation, starts thread h1/late: ")
                .contains("start it through Threads");
    }

    @Test
    public void aVirtualThreadStartedPastThePortIsNoticed() {
        start("caller", () -> Thread.startVirtualThread(() -> {}));

        assertThat(escape().text())
                .contains(
                        "h1/caller started a virtual thread by itself: java.lang.Thread.startVirtualThread called at ")
                .contains("start it through Threads");
    }

    /** The first socket of a JVM has the JDK start a thread to watch sockets, the second one does not. */
    @Test
    public void waitingForASocketIsNoticed() throws IOException {
        for (int round = 0; round < 2; round++) {
            Scheduler fresh = Runs.seeded(round);
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                fresh.start(fresh.lane("h1"), "acceptor", () -> accept(server));

                assertThat(((Ending.Failed) fresh.run()).failure().text())
                        .contains("h1/acceptor waits for a socket: java.net.ServerSocket.accept called at ")
                        .contains("use Transport");
            }
        }
    }

    /** A class initializer keeps its thread on the carrier, so that the whole simulation stands still. */
    @Test
    public void aThreadThatCannotGiveWayIsNoticed() {
        Scheduler impatient = Runs.of(1, Strategy.random(), Limits.DEFAULT.wallTimePerStep(Duration.ofMillis(500)));
        impatient.start(impatient.lane("h1"), "pinned", () -> Initialized.touch());

        Failure failure = ((Ending.Failed) impatient.run()).failure();
        assertThat(failure.text())
                .contains("thread h1/pinned has been running for")
                .contains("EscapeTest$Initialized.<clinit>");
    }

    private static final class Initialized {
        static {
            LockSupport.park();
        }

        static void touch() {}
    }

    private interface Task {
        void run() throws Exception;
    }

    private void start(String name, Task task) {
        scheduler.start(lane, name, () -> {
            try {
                task.run();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private Failure.Escape escape() {
        assertThat(scheduler.run()).isInstanceOf(Ending.Failed.class);
        Failure failure = ((Ending.Failed) scheduler.run()).failure();
        assertThat(failure).as(failure.text()).isInstanceOf(Failure.Escape.class);
        return (Failure.Escape) failure;
    }

    /** Runs the task on a thread of the JVM and keeps the turn until it is done. */
    private static void foreign(Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Thread.ofPlatform().name("stranger").start(() -> {
            try {
                task.run();
            } catch (IllegalStateException expected) {
                refused.set(expected);
            } finally {
                done.countDown();
            }
        });
        awaitOutside(done);
    }

    private static void accept(ServerSocket server) {
        try {
            server.accept().close();
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void awaitOutside(CountDownLatch done) {
        while (done.getCount() > 0) {
            Thread.onSpinWait();
        }
    }
}
