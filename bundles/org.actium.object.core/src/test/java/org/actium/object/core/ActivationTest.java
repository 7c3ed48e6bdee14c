package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ActivationTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @After
    public void leaveNothingBehind() {
        Thread.interrupted();
    }

    @Test
    public void hitsTheRequestBeingServedAndNothingElse() {
        Activation activation = new Activation(new Inbox().firstTaker(), 0);
        assertThat(activation.interrupt()).as("nothing is served").isFalse();

        Activation.State around = activation.begin();
        assertThat(activation.interrupt()).isTrue();
        assertThat(activation.interrupt()).as("it has been hit").isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(activation.end(around)).isTrue();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(activation.interrupt()).as("it is over").isFalse();
        assertThat(activation.end(activation.begin())).isFalse();
    }

    @Test
    public void aRequestBeginsWithoutWhatWasMeantForAnEarlierOne() {
        Activation activation = new Activation(new Inbox().firstTaker(), 0);
        Thread.currentThread().interrupt();

        Activation.State around = activation.begin();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(activation.end(around)).isFalse();
    }

    @Test
    public void theInnerRequestIsHitWhileItIsServed() {
        Activation activation = new Activation(new Inbox().firstTaker(), 0);
        Activation.State outer = activation.begin();
        Activation.State inner = activation.begin();
        activation.interrupt();

        assertThat(activation.end(inner)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(activation.end(outer)).isFalse();
    }

    @Test
    public void theOuterRequestThatWasHitFindsItselfInterruptedAfterTheInnerOne() {
        Activation activation = new Activation(new Inbox().firstTaker(), 0);
        Activation.State outer = activation.begin();
        activation.interrupt();
        Activation.State inner = activation.begin();

        assertThat(Thread.currentThread().isInterrupted())
                .as("not the inner one")
                .isFalse();
        assertThat(activation.end(inner)).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(activation.end(outer)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    public void eachHitEndsOneRequest() throws InterruptedException {
        Activation activation = new Activation(new Inbox().firstTaker(), 0);
        AtomicInteger hits = new AtomicInteger();
        Thread caller = Thread.startVirtualThread(() -> {
            while (hits.get() < 1000) {
                if (activation.interrupt()) {
                    hits.incrementAndGet();
                }
            }
        });
        int ended = 0;
        while (caller.isAlive()) {
            if (activation.end(activation.begin())) {
                ended++;
            }
            assertThat(Thread.currentThread().isInterrupted())
                    .as("between requests")
                    .isFalse();
        }
        assertThat(ended).isEqualTo(1000);
    }
}
