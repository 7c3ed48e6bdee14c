package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.actium.future.spi.Outcome;
import org.actium.object.api.CallRefusedException;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ForwardsTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Waits waits = new Waits(time, new RuntimeId(1, 1));
    private final BlockingQueue<Outcome> sent = new LinkedBlockingQueue<>();
    private final Forwards forwards = new Forwards(threads, (link, number, outcome, call) -> {
        if (outcome instanceof Outcome.Value(Object value)) {
            throw new IllegalStateException("planted: " + value + " cannot be written");
        }
        return () -> sent.add(outcome);
    });

    @After
    public void stop() {
        time.close();
    }

    @Test
    public void whoeverHoldsAFutureWhoseValueCannotBeWrittenIsToldSo() throws InterruptedException {
        ReplySlot future = ReplySlot.passedOn("slow on other", Optional.empty(), waits, UnaryOperator.identity());
        forwards.add(
                new AwaitedTest.OpenLink(),
                List.of(new Frames.Future(1, future.id(), future.call(), Optional.empty())),
                List.of(future));

        future.set(new Outcome.Value("it"));

        assertThat(((Outcome.Failure) sent.take()).cause())
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining(
                        "slow on other was served, but its result cannot be passed on: planted: it cannot");
        assertThat(forwards.size()).isZero();
    }
}
