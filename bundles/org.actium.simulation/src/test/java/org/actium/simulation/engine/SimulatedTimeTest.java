package org.actium.simulation.engine;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class SimulatedTimeTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Scheduler scheduler = Runs.of(1, Strategy.random(), Limits.DEFAULT.virtualTime(ofHours(100)));
    private final Lane lane = scheduler.lane("h1");
    private final Time exact = clock(0, Duration.ZERO, 0);
    private final List<String> said = new ArrayList<>();

    @Test
    public void aTaskRunsAfterItsDelayOnAThreadOfItsHost() {
        exact.after(ofSeconds(3), () -> said.add(Thread.currentThread().getName() + " at " + exact.nanos()));

        scheduler.run();
        assertThat(said).singleElement().asString().matches("h1/timer .* at 3000000000");
    }

    @Test
    public void aClosedTimerDoesNotFireAndLeavesTheOthersAlone() {
        Registration first = exact.after(ofSeconds(1), () -> said.add("cancelled"));
        exact.after(ofSeconds(2), () -> said.add("kept"));
        first.close();

        scheduler.run();
        assertThat(said).containsExactly("kept");
    }

    @Test
    public void aTimerWithoutDelayFiresSoonAndOneThatIsFarAwayNever() {
        exact.after(ofSeconds(-1), () -> said.add("now"));
        exact.after(ChronoUnit.FOREVER.getDuration(), () -> said.add("never"));

        scheduler.run();
        assertThat(said).containsExactly("now");
        assertThat(exact.nanos()).isZero();
    }

    @Test
    public void theClockOfAHostMayBeWrongAndBeSet() {
        HostClock clock = new HostClock(scheduler, 0, ofSeconds(-30), 0);
        Time time = new SimulatedTime(scheduler, lane, clock);
        exact.after(ofSeconds(60), () -> {
            said.add(time.instant() + " " + time.nanos());
            clock.jump(ofHours(1));
            said.add(time.instant() + " " + time.nanos());
        });

        assertThat(exact.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        scheduler.run();
        assertThat(said).containsExactly("2026-01-01T00:00:30Z 60000000000", "2026-01-01T01:00:30Z 60000000000");
    }

    @Test
    public void aFastClockFiresEarlyAndASlowOneLateButNeverBeforeItsOwnTime() {
        for (long partsPerMillion : List.of(-900_000L, -250L, -3L, 7L, 250L, 300_000L)) {
            Time time = clock(5, Duration.ZERO, partsPerMillion);
            for (Duration delay : List.of(
                    ofNanos(1), ofNanos(999_999), ofMillis(3), ofHours(1).plusNanos(17))) {
                long begin = time.nanos();
                long exactBegin = exact.nanos();
                boolean[] fired = {false};
                time.after(delay, () -> {
                    fired[0] = true;
                    double scale = 1 + partsPerMillion / 1e6;
                    assertThat(time.nanos() - begin).isBetween(delay.toNanos(), delay.toNanos() + 2);
                    assertThat((exact.nanos() - exactBegin) * scale)
                            .isBetween(delay.toNanos() - 3.0, delay.toNanos() + 3.0);
                });
                assertThat(scheduler.run())
                        .as("%s at %s ppm", delay, partsPerMillion)
                        .isEqualTo(new Ending.Quiet());
                assertThat(fired).containsExactly(true);
            }
        }
    }

    @Test
    public void aClockThatWouldStandStillIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock(0, Duration.ZERO, -1_000_000))
                .withMessageContaining("-1000000 ppm");
    }

    @Test
    public void timersOfAPausedHostFireWhenItGoesOnAndItsClockHasGoneOnMeanwhile() {
        exact.after(ofSeconds(1), () -> said.add("fired at " + exact.nanos()));
        scheduler.pause(lane);
        scheduler.at(ofSeconds(60).toNanos(), () -> scheduler.resume(lane));

        scheduler.run();
        assertThat(said).containsExactly("fired at 60000000000");
    }

    @Test
    public void allThreadsOfAHostAreVirtualAndCarryItsName() {
        Threads threads = new SimulatedThreads(scheduler, lane);
        threads.run(this::sayWho);
        threads.start("body", this::sayWho);
        threads.startReader("reader", this::sayWho);

        scheduler.run();
        assertThat(said).containsExactlyInAnyOrder("h1/~1 true", "h1/body true", "h1/reader true");
    }

    @Test
    public void aThreadMayHaveToGiveWayWhereItCallsAPort() {
        Scheduler preempting = new Scheduler(new RandomStreams(1), Strategy.roundRobin(), Limits.DEFAULT, 0, 1);
        Threads threads = new SimulatedThreads(preempting, preempting.lane("h1"));
        threads.run(() -> {
            threads.run(() -> said.add("child"));
            said.add("parent");
        });

        preempting.run();
        assertThat(said).containsExactly("child", "parent");
    }

    private void sayWho() {
        said.add(Thread.currentThread().getName() + " " + Thread.currentThread().isVirtual());
    }

    private Time clock(long firstNanos, Duration offset, long partsPerMillion) {
        return new SimulatedTime(scheduler, lane, new HostClock(scheduler, firstNanos, offset, partsPerMillion));
    }
}
