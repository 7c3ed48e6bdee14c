package org.actium.ft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.actium.ft.core.protocol.Party;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;
import org.junit.Test;

public class AttendanceTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration MEMORY = Duration.ofHours(1);

    private static final RuntimeAddress HOST = new RuntimeAddress(new RuntimeId(1, 2), "h1", List.of());
    private static final Residence CALLERS = new Residence(HOST, "1", "run");
    private static final Party.Outside CALLER = new Party.Outside(HOST, "1", "");
    private static final Party.Outside ANY_CALLER = new Party.Outside(HOST, Party.Outside.ANY, "");

    private long now;
    private final Attendance attendance = new Attendance(
            new Time() {
                @Override
                public Instant instant() {
                    return Instant.EPOCH;
                }

                @Override
                public long nanos() {
                    return now;
                }

                @Override
                public Registration after(Duration delay, Runnable task) {
                    throw new IllegalStateException("nobody waits here");
                }
            },
            LIMIT,
            MEMORY);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    public void whoIsHeardOfIsNotGone() {
        for (int i = 0; i < 10; i++) {
            assertThat(attendance.attends(CALLERS)).isTrue();
            assertThat(attendance.isGone(CALLER)).isFalse();
            assertThat(attendance.isGone(ANY_CALLER)).isFalse();
            pass(LIMIT.dividedBy(2));
        }
    }

    @Test
    public void whoIsSilentForLongIsGoneAndStaysSo() {
        attendance.attends(CALLERS);
        pass(LIMIT);

        assertThat(attendance.isGone(CALLER)).isTrue();
        assertThat(attendance.attends(CALLERS)).as("it hears so").isFalse();
        assertThat(attendance.isGone(CALLER)).isTrue();
        assertThat(attendance.attends(new Residence(HOST, "2", "run"))).isTrue();
        assertThat(attendance.isGone(ANY_CALLER)).as("the runtime is back").isFalse();
    }

    @Test
    public void whoIsTakenForGoneWithItsRuntimeHearsSo() {
        attendance.attends(CALLERS);
        pass(LIMIT);

        assertThat(attendance.isGone(ANY_CALLER)).isTrue();
        assertThat(attendance.attends(CALLERS)).isFalse();
    }

    @Test
    public void whoWasNotHeardOfIsWaitedForSinceItIsMissed() {
        pass(LIMIT.multipliedBy(5));
        assertThat(attendance.isGone(CALLER)).as("the server may be new").isFalse();
        assertThat(attendance.isGone(ANY_CALLER)).isFalse();

        pass(LIMIT);

        assertThat(attendance.isGone(CALLER)).isTrue();
        assertThat(attendance.isGone(ANY_CALLER)).isTrue();
    }

    @Test
    public void whoLeavesIsGoneAtOnce() {
        attendance.attends(CALLERS);

        attendance.leaves(CALLERS);

        assertThat(attendance.isGone(CALLER)).isTrue();
        assertThat(attendance.isGone(ANY_CALLER))
                .as("another one may come there")
                .isFalse();
    }

    @Test
    public void whoIsGoneIsForgottenInTheEndAndIsGoneAgainWhenItIsMissed() {
        attendance.attends(CALLERS);
        attendance.leaves(CALLERS);
        attendance.ended("o");
        pass(MEMORY.minusMillis(1));
        attendance.forget();
        assertThat(attendance.isGone(CALLER)).isTrue();

        pass(Duration.ofMillis(1));
        attendance.forget();

        assertThat(attendance.isGone(CALLER)).isFalse();
        assertThat(attendance.isGone(new Party.Recoverable("o"), false)).isFalse();
        pass(LIMIT);
        assertThat(attendance.isGone(CALLER)).isTrue();
        assertThat(attendance.isGone(new Party.Recoverable("o"), false)).isTrue();
    }

    @Test
    public void whoCouldNotBeHeardIsWaitedForAnew() {
        attendance.attends(CALLERS);
        assertThat(attendance.isGone(new Party.Recoverable("o"), false)).isFalse();
        pass(LIMIT.multipliedBy(2));

        attendance.beginAnew();

        assertThat(attendance.isGone(CALLER)).isFalse();
        assertThat(attendance.isGone(new Party.Recoverable("o"), false)).isFalse();
        pass(LIMIT);
        assertThat(attendance.isGone(CALLER)).isTrue();
    }

    @Test
    public void anObjectIsGoneIfItWasEndedOrIsMissedForLong() {
        Party.Recoverable object = new Party.Recoverable("o");
        assertThat(attendance.isGone(object, false))
                .as("it may be about to be created")
                .isFalse();
        pass(LIMIT.dividedBy(2));
        assertThat(attendance.isGone(object, true)).isFalse();
        pass(LIMIT.dividedBy(2));
        assertThat(attendance.isGone(object, false)).isFalse();
        pass(LIMIT);
        assertThat(attendance.isGone(object, false)).isTrue();

        Party.Recoverable other = new Party.Recoverable("other");
        attendance.ended("other");
        assertThat(attendance.isGone(other, false)).isTrue();
    }
}
