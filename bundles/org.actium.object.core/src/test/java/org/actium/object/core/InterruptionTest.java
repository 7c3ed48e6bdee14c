package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class InterruptionTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final Interruption interruption = new Interruption();

    @After
    public void leaveNothingBehind() {
        Thread.interrupted();
    }

    @Test
    public void hitsTheRequestBeingServedAndNothingElse() {
        assertThat(interruption.interrupt()).as("nothing is served").isFalse();

        Interruption.State around = interruption.begin();
        assertThat(interruption.interrupt()).isTrue();
        assertThat(interruption.interrupt()).as("it has been hit").isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(interruption.end(around)).isTrue();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(interruption.interrupt()).as("it is over").isFalse();
        assertThat(interruption.end(interruption.begin())).isFalse();
    }

    @Test
    public void aRequestBeginsWithoutWhatWasMeantForAnEarlierOne() {
        Thread.currentThread().interrupt();

        Interruption.State around = interruption.begin();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(interruption.end(around)).isFalse();
    }

    @Test
    public void theInnerRequestIsHitWhileItIsServed() {
        Interruption.State outer = interruption.begin();
        Interruption.State inner = interruption.begin();
        interruption.interrupt();

        assertThat(interruption.end(inner)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(interruption.end(outer)).isFalse();
    }

    @Test
    public void theOuterRequestThatWasHitFindsItselfInterruptedAfterTheInnerOne() {
        Interruption.State outer = interruption.begin();
        interruption.interrupt();
        Interruption.State inner = interruption.begin();

        assertThat(Thread.currentThread().isInterrupted())
                .as("not the inner one")
                .isFalse();
        assertThat(interruption.end(inner)).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(interruption.end(outer)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    public void eachHitEndsOneRequest() throws InterruptedException {
        AtomicInteger hits = new AtomicInteger();
        Thread caller = Thread.startVirtualThread(() -> {
            while (hits.get() < 1000) {
                if (interruption.interrupt()) {
                    hits.incrementAndGet();
                }
            }
        });
        int ended = 0;
        while (caller.isAlive()) {
            if (interruption.end(interruption.begin())) {
                ended++;
            }
            assertThat(Thread.currentThread().isInterrupted())
                    .as("between requests")
                    .isFalse();
        }
        assertThat(ended).isEqualTo(1000);
    }
}
