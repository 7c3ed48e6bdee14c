package org.actium.simulation.engine;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Registration;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class SchedulerTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final List<String> said = new ArrayList<>();

    @Test
    public void threadsBlockOnEachOtherAsTheyDoInProduction() {
        Scheduler scheduler = Runs.seeded(1);
        Lane lane = scheduler.lane("h1");
        CompletableFuture<String> reply = new CompletableFuture<>();
        LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();
        ReentrantLock lock = new ReentrantLock();
        scheduler.start(lane, "server", () -> {
            lock.lock();
            try {
                reply.complete("reply to " + take(requests));
            } finally {
                lock.unlock();
            }
        });
        scheduler.start(lane, "client", () -> {
            requests.add("request");
            said.add(reply.join());
            lock.lock();
            said.add("locked");
        });

        assertThat(scheduler.run()).isEqualTo(new Ending.Quiet());
        assertThat(said).containsExactly("reply to request", "locked");
        assertThat(scheduler.alive()).isEmpty();
    }

    @Test
    public void aRunEndsWhenAllThreadsWaitAndSaysWhich() {
        Scheduler scheduler = Runs.seeded(1);
        scheduler.start(scheduler.lane("h1"), "forever", LockSupport::park);

        assertThat(scheduler.run()).isEqualTo(new Ending.Quiet());
        assertThat(scheduler.alive()).containsExactly("h1/forever");
    }

    @Test
    public void theSameSeedGivesTheSameRunAndOtherSeedsGiveOthers() {
        Set<Long> hashes = new HashSet<>();
        Set<String> orders = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Scheduler first = crowd(Runs.seeded(seed));
            List<String> order = List.copyOf(said);
            Scheduler second = crowd(Runs.seeded(seed));

            assertThat(second.hash()).as("hash of seed %s", seed).isEqualTo(first.hash());
            assertThat(said).as("order of seed %s", seed).isEqualTo(order);
            hashes.add(first.hash());
            orders.add(String.join(" ", order));
        }
        assertThat(hashes).hasSize(20);
        assertThat(orders).hasSize(20);
    }

    @Test
    public void whatIsKeptOfTheLogDoesNotChangeTheRun() {
        Scheduler kept = crowd(new Scheduler(new RandomStreams(3), Strategy.random(), Limits.DEFAULT, 5, 0.5));
        Scheduler watched =
                crowd(new Scheduler(new RandomStreams(3), Strategy.random(), Limits.DEFAULT, Integer.MAX_VALUE, 0.5));

        assertThat(kept.hash()).isEqualTo(watched.hash());
        assertThat(kept.log().events())
                .hasSize(5)
                .isEqualTo(watched.log().events().subList(45, 50));
    }

    @Test
    public void anIdleHourCostsNothing() {
        Scheduler scheduler = Runs.of(1, Strategy.random(), Limits.DEFAULT.virtualTime(ofHours(2)));
        long start = System.nanoTime();
        scheduler.start(scheduler.lane("h1"), "sleeper", () -> {
            scheduler.sleep(ofHours(1));
            said.add("awake");
        });

        assertThat(scheduler.run()).isEqualTo(new Ending.Quiet());
        assertThat(said).containsExactly("awake");
        assertThat(scheduler.now()).isEqualTo(TimeUnit.HOURS.toNanos(1));
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    public void timeStandsStillWhileAnythingCanRun() {
        Scheduler scheduler = Runs.seeded(1);
        Lane lane = scheduler.lane("h1");
        scheduler.at(1, () -> said.add("timer"));
        scheduler.start(lane, "busy", () -> {
            for (int i = 0; i < 1000; i++) {
                Thread.yield();
            }
            said.add("work");
        });

        scheduler.run();
        assertThat(said).containsExactly("work", "timer");
    }

    @Test
    public void timersFireInTheOrderOfTimeThenOfTheirMaking() {
        Scheduler scheduler = Runs.seeded(1);
        scheduler.at(20, () -> said.add("c"));
        scheduler.at(10, () -> said.add("a"));
        scheduler.at(10, () -> said.add("b"));
        scheduler.at(10, () -> said.add("cancelled")).close();

        scheduler.run();
        assertThat(said).containsExactly("a", "b", "c");
    }

    @Test
    public void manyTimersOfOneMomentFireInTheOrderOfTheirMaking() {
        Scheduler scheduler = Runs.seeded(1);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "timer " + i;
            made.add(name);
            scheduler.at(10, () -> said.add(name));
        }

        scheduler.run();
        assertThat(said).isEqualTo(made);
    }

    @Test
    public void theHashSeesWhoRanAlsoIfNobodyRecordsAnything() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Scheduler scheduler = Runs.seeded(seed);
            Lane lane = scheduler.lane("h1");
            for (int thread = 0; thread < 5; thread++) {
                scheduler.start(lane, Thread::yield);
            }
            scheduler.run();
            hashes.add(scheduler.hash());
        }
        assertThat(hashes).hasSize(20);
    }

    @Test
    public void virtualTimeIsLimited() {
        Scheduler scheduler = Runs.of(1, Strategy.random(), Limits.DEFAULT.virtualTime(ofMillis(10_500)));
        beat(scheduler);

        assertThat(scheduler.run()).isEqualTo(new Ending.TimeIsUp());
        assertThat(said).hasSize(10);
        assertThat(scheduler.now()).isEqualTo(ofMillis(10_500).toNanos());
    }

    @Test
    public void aRunCanBeStoppedAndGoneOnWith() {
        Scheduler scheduler = Runs.of(1, Strategy.random(), Limits.DEFAULT.virtualTime(ofSeconds(10)));
        beat(scheduler);
        scheduler.at(TimeUnit.MILLISECONDS.toNanos(3500), scheduler::stop);

        assertThat(scheduler.run()).isEqualTo(new Ending.Stopped());
        assertThat(said).hasSize(3);
        assertThat(scheduler.run()).isEqualTo(new Ending.TimeIsUp());
        assertThat(said).hasSize(10);
    }

    @Test
    public void nothingOfAPausedLaneRunsUntilItIsResumed() {
        Scheduler scheduler = Runs.seeded(1);
        Lane lane = scheduler.lane("zombie");
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        scheduler.start(lane, "server", () -> said.add(take(queue)));
        scheduler.timer(lane, 10, () -> said.add("timer at " + scheduler.now()));
        Registration cancelledLate = scheduler.timer(lane, 10, () -> said.add("cancelled"));
        scheduler.at(5, () -> scheduler.pause(lane));
        scheduler.at(6, () -> queue.add("frame"));
        scheduler.at(20, cancelledLate::close);
        scheduler.at(50, () -> said.add("resumed"));
        scheduler.at(50, () -> scheduler.resume(lane));

        assertThat(scheduler.run()).isEqualTo(new Ending.Quiet());
        assertThat(said).containsExactlyInAnyOrder("resumed", "frame", "timer at 50");
        assertThat(said).startsWith("resumed");
    }

    @Test
    public void nothingOfADeadLaneEverRuns() {
        Scheduler scheduler = Runs.seeded(1);
        Lane dead = scheduler.lane("dead");
        Lane other = scheduler.lane("other");
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        scheduler.start(dead, "server", () -> said.add(take(queue)));
        scheduler.timer(dead, 10, () -> said.add("timer"));
        scheduler.at(5, () -> scheduler.kill(dead));
        scheduler.at(6, () -> queue.add("frame"));
        scheduler.at(7, () -> scheduler.start(dead, "late", () -> said.add("late")));
        scheduler.at(8, () -> scheduler.resume(dead));
        scheduler.start(other, "witness", () -> {
            scheduler.sleep(ofMillis(1));
            said.add("others go on");
        });

        assertThat(scheduler.run()).isEqualTo(new Ending.Quiet());
        assertThat(said).containsExactly("others go on");
        assertThat(scheduler.alive()).isEmpty();
    }

    @Test
    public void aLaneIsNotKilledByItsOwnThread() {
        Scheduler scheduler = Runs.seeded(1);
        Lane lane = scheduler.lane("h1");
        scheduler.start(
                lane,
                "suicide",
                () -> assertThatIllegalStateException()
                        .isThrownBy(() -> scheduler.kill(lane))
                        .withMessageContaining("h1/suicide"));

        assertThat(scheduler.run()).isEqualTo(new Ending.Quiet());
    }

    @Test
    public void anExceptionNobodyCaughtFailsTheRun() {
        Scheduler scheduler = Runs.seeded(1);
        scheduler.start(scheduler.lane("h1"), "broken", () -> {
            throw new IllegalArgumentException("out of range");
        });

        assertThat(failureOf(scheduler).text())
                .contains("h1/broken", "IllegalArgumentException: out of range", "SchedulerTest.java");
    }

    @Test
    public void anActionThatThrowsFailsTheRun() {
        Scheduler scheduler = Runs.seeded(1);
        scheduler.at(5, () -> {
            throw new AssertionError("not so");
        });

        assertThat(failureOf(scheduler).text()).contains("simulator", "not so");
    }

    @Test
    public void threadsThatNeverComeToRestFailTheRunByName() {
        Scheduler scheduler = Runs.of(1, Strategy.random(), Limits.DEFAULT.steps(5000));
        scheduler.start(scheduler.lane("h1"), "spinner", () -> {
            while (scheduler.now() == 0) {
                Thread.yield();
            }
        });
        scheduler.at(10, () -> said.add("never"));

        assertThat(failureOf(scheduler).text())
                .isEqualTo("no rest after 5000 steps; busiest threads: h1/spinner (5000)");
    }

    @Test
    public void theLogTellsWhoDidWhatBecauseOfWhat() {
        Scheduler scheduler = Runs.seeded(1);
        Lane lane = scheduler.lane("h1");
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        scheduler.start(lane, "reader", () -> {
            take(queue);
            scheduler.record("read", "letter", 0);
        });
        scheduler.start(lane, "writer", () -> {
            scheduler.record("write", "letter", 3);
            scheduler.at(5_000_000, () -> queue.add("letter"));
        });
        scheduler.run();

        assertThat(scheduler.log().events())
                .extracting(Event::line)
                .satisfiesExactly(
                        write -> assertThat(write).matches("#0 .* 0\\.000000s +h1 +writer +write +letter \\(3\\)"),
                        read -> assertThat(read).matches("#1 .* 0\\.005000s +h1 +reader +read +letter  <- #0"));
        assertThat(scheduler.log().causesOf(1)).extracting(Event::what).containsExactly("write", "read");
    }

    @Test
    public void interruptsReachThreadsOfTheSimulation() {
        Scheduler scheduler = Runs.seeded(1);
        Lane lane = scheduler.lane("h1");
        Thread waiting = scheduler.start(lane, "waiting", () -> {
            try {
                new LinkedBlockingQueue<String>().take();
            } catch (InterruptedException expected) {
                said.add("interrupted");
            }
        });
        scheduler.start(lane, "other", waiting::interrupt);

        assertThat(scheduler.run()).isEqualTo(new Ending.Quiet());
        assertThat(said).containsExactly("interrupted");
    }

    @Test
    public void aWaiterThatIsInterruptedGoesOnWaitingAndRemembersIt() {
        Scheduler scheduler = Runs.seeded(1);
        Lane lane = scheduler.lane("h1");
        Thread sleeper = scheduler.start(lane, "sleeper", () -> {
            scheduler.sleep(ofSeconds(1));
            said.add("slept until " + scheduler.now() + ", interrupted " + Thread.interrupted());
        });
        scheduler.at(5, sleeper::interrupt);

        scheduler.run();
        assertThat(said).containsExactly("slept until 1000000000, interrupted true");
    }

    private void beat(Scheduler scheduler) {
        scheduler.start(scheduler.lane("h1"), "heart", () -> {
            while (true) {
                scheduler.sleep(ofSeconds(1));
                said.add("beat");
            }
        });
    }

    /** Ten threads that take five turns each. */
    private Scheduler crowd(Scheduler scheduler) {
        said.clear();
        Lane lane = scheduler.lane("h1");
        for (int thread = 0; thread < 10; thread++) {
            String name = "t" + thread;
            scheduler.start(lane, name, () -> {
                for (int turn = 0; turn < 5; turn++) {
                    scheduler.record("turn", name, turn);
                    said.add(name);
                    scheduler.preempt();
                    Thread.yield();
                }
            });
        }
        assertThat(scheduler.run()).isEqualTo(new Ending.Quiet());
        assertThat(said).hasSize(50);
        return scheduler;
    }

    private static Failure failureOf(Scheduler scheduler) {
        assertThat(scheduler.run()).isInstanceOf(Ending.Failed.class);
        return ((Ending.Failed) scheduler.run()).failure();
    }

    private static String take(LinkedBlockingQueue<String> queue) {
        try {
            return queue.take();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
