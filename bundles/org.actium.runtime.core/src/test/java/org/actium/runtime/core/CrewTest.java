package org.actium.runtime.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class CrewTest {

    private static final int RESTING = 4;
    private static final int LIMIT_SECONDS = 30;

    @Parameters(name = "{0} lanes")
    public static List<Integer> lanes() {
        return List.of(1, 2, 64);
    }

    private final AtomicBoolean refuseNext = new AtomicBoolean(); // of the threads asked for
    private final Crew crew;

    public CrewTest(int lanes) {
        this.crew = new Crew(lanes, RESTING, this::newThread);
    }

    private Thread newThread(Runnable member) {
        if (refuseNext.getAndSet(false)) {
            throw new StackOverflowError("meant to");
        }
        return Thread.ofVirtual().inheritInheritableThreadLocals(false).unstarted(member);
    }

    @After
    public void close() {
        crew.close();
    }

    @Test
    public void everyTaskRunsOnceHoweverManyQueueAtOnce() throws Exception {
        int queuers = 8;
        int each = 50_000;
        AtomicInteger[] runs =
                IntStream.range(0, queuers).mapToObj(i -> new AtomicInteger()).toArray(AtomicInteger[]::new);
        CountDownLatch done = new CountDownLatch(queuers * each);
        for (int q = 0; q < queuers; q++) {
            AtomicInteger count = runs[q];
            Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < each; i++) {
                    crew.run(() -> {
                        count.incrementAndGet();
                        done.countDown();
                    });
                }
            });
        }
        assertThat(done.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).allSatisfy(count -> assertThat(count).hasValue(each));
    }

    @Test
    public void aTaskQueuedByAnIdleMomentIsNotForgotten() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            crew.run(ran::countDown);
            assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("task " + i)
                    .isTrue();
        }
    }

    @Test
    public void tasksThatBlockDelayNoOther() throws Exception {
        int blocked = 1_000;
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(blocked);
        CountDownLatch passed = new CountDownLatch(blocked);
        for (int i = 0; i < blocked; i++) {
            crew.run(() -> {
                awaitUninterrupted(released);
                ended.countDown();
            });
            crew.run(passed::countDown);
        }
        assertThat(passed.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.getCount()).isEqualTo(blocked);
        released.countDown();
        assertThat(ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Also those that a thread puts in the line after its turn, while a scout looks for them in vain. */
    @Test
    public void tasksThatWaitForEachOtherAllBegin() throws Exception {
        for (int round = 0; round < 500; round++) {
            CountDownLatch begun = new CountDownLatch(20);
            for (int i = 0; i < 30; i++) {
                crew.run(Thread::onSpinWait);
            }
            for (int i = 0; i < 20; i++) {
                crew.run(() -> meet(begun));
            }
            assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("round " + round)
                    .isTrue();
        }
    }

    /** Also those that a thread without tasks of its own takes over, while a scout looks for them in vain. */
    @Test
    public void tasksThatWaitForEachOtherAllBeginWhoeverTakesThemOver() throws Exception {
        for (int round = 0; round < 300; round++) {
            CountDownLatch begun = new CountDownLatch(10);
            int before = round * 10;
            crew.run(() -> {
                for (int i = 0; i < before; i++) {
                    crew.run(Thread::onSpinWait);
                }
                for (int i = 0; i < 9; i++) {
                    crew.run(() -> meet(begun));
                }
                meet(begun);
            });
            assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("round " + round)
                    .isTrue();
        }
    }

    @Test
    public void aTaskThatComputesDoesNotHoldBackThoseItQueues() throws Exception {
        if (Runtime.getRuntime().availableProcessors() == 1) {
            return; // nobody but itself could run them
        }
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch ran = new CountDownLatch(100);
        crew.run(() -> {
            for (int i = 0; i < 100; i++) {
                crew.run(ran::countDown);
            }
            while (!enough.get()) {
                Thread.onSpinWait();
            }
        });
        boolean inTime = ran.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        enough.set(true);
        assertThat(inTime).isTrue();
    }

    @Test
    public void tasksThatQueueTheirSuccessorsLeaveOthersTheProcessors() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            crew.run(new Runnable() {
                @Override
                public void run() {
                    if (!enough.get()) {
                        crew.run(this);
                    }
                }
            });
        }
        CountDownLatch ran = new CountDownLatch(1);
        Thread.startVirtualThread(ran::countDown);
        boolean inTime = ran.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        enough.set(true);
        assertThat(inTime).isTrue();
    }

    /** On each carrier there is one that was woken there, at any time. */
    @Test
    public void tasksThatWaitForTheirSuccessorsLeaveOthersTheProcessors() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        int pairs = 2 * Runtime.getRuntime().availableProcessors();
        CountDownLatch ended = new CountDownLatch(pairs);
        for (int i = 0; i < pairs; i++) {
            crew.run(() -> {
                while (!enough.get()) {
                    CountDownLatch served = new CountDownLatch(1);
                    crew.run(served::countDown);
                    awaitUninterrupted(served);
                }
                ended.countDown();
            });
        }
        for (int i = 0; i < 20; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            Thread.startVirtualThread(ran::countDown);
            boolean inTime = ran.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            enough.set(!inTime || i == 19);
            assertThat(inTime).as("thread " + i).isTrue();
        }
        assertThat(ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /**
     * The thread that is refused is stated here, not brought about by a recursion without end: where the stack ends within
     * the JDK's own scheduler of virtual threads, that may not start one again, whoever asks.
     */
    @Test
    public void whoHasNoMemoryOrStackLeftToCallAThreadLeavesACrewThatWorks() throws Exception {
        refuseNext.set(true);
        CountDownLatch ran = new CountDownLatch(2);
        assertThatThrownBy(() -> crew.run(ran::countDown)).isInstanceOf(StackOverflowError.class);
        crew.run(ran::countDown);
        assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    public void threadsOfACrewThatIsClosedEnd() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(10);
        for (int i = 0; i < 10; i++) {
            crew.run(() -> {
                threads.add(Thread.currentThread());
                meet(all);
            });
        }
        assertThat(all.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        crew.close();
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(LIMIT_SECONDS)))
                    .as(thread + " has ended")
                    .isTrue();
        }
        CountDownLatch ran = new CountDownLatch(1);
        crew.run(ran::countDown);
        assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    public void aTaskIsNotPassedByMoreRecentOnesForEver() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch ran = new CountDownLatch(1);
        crew.run(() -> {
            crew.run(ran::countDown);
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                crew.run(new Runnable() {
                    @Override
                    public void run() {
                        if (!enough.get()) {
                            crew.run(this);
                        }
                    }
                });
            }
        });
        boolean inTime = ran.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        enough.set(true);
        assertThat(inTime).isTrue();
    }

    @Test
    public void manyShortTasksShareFewThreads() throws Exception {
        int tasks = 10_000;
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            crew.run(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
        }
        assertThat(done.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(threads.size()).isLessThan(tasks / 10);
    }

    @Test
    public void aTaskNeitherInheritsAnInterruptNorValuesOfThreads() throws Exception {
        InheritableThreadLocal<String> inheritable = new InheritableThreadLocal<>();
        inheritable.set("of the one who queues");
        Map<String, Object> seen = new ConcurrentHashMap<>();
        for (int i = 0; i < 100; i++) {
            CountDownLatch done = new CountDownLatch(2);
            crew.run(() -> {
                Thread.currentThread().interrupt();
                done.countDown();
            });
            crew.run(() -> {
                if (Thread.currentThread().isInterrupted()) {
                    seen.put("interrupt", true);
                }
                if (inheritable.get() != null) {
                    seen.put("value", inheritable.get());
                }
                done.countDown();
            });
            assertThat(done.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        inheritable.remove();
        assertThat(seen).isEmpty();
    }

    @Test
    public void aTaskThatThrowsEndsOnlyItself() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(100);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        AtomicInteger told = new AtomicInteger();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> told.incrementAndGet());
        try {
            for (int i = 0; i < 100; i++) {
                crew.run(() -> {
                    ran.incrementAndGet();
                    done.countDown();
                    throw new IllegalStateException("meant to");
                });
            }
            assertThat(done.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            CountDownLatch last = new CountDownLatch(1);
            crew.run(last::countDown);
            assertThat(last.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(ran).hasValue(100);
        assertThat(told.get()).isGreaterThan(0);
    }

    private static void meet(CountDownLatch all) {
        all.countDown();
        awaitUninterrupted(all);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
