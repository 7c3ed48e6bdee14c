package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
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
        Activation activation = new Activation(new Inbox().firstTaker());
        assertThat(activation.interrupt(() -> true)).as("nothing is served").isFalse();

        Activation.State around = activation.begin();
        assertThat(activation.interrupt(() -> true)).isTrue();
        assertThat(activation.interrupt(() -> true)).as("it has been hit").isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(activation.end(around)).isTrue();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(activation.interrupt(() -> true)).as("it is over").isFalse();
        assertThat(activation.end(activation.begin())).isFalse();
    }

    @Test
    public void aRequestBeginsWithoutWhatWasMeantForAnEarlierOne() {
        Activation activation = new Activation(new Inbox().firstTaker());
        Thread.currentThread().interrupt();

        Activation.State around = activation.begin();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(activation.end(around)).isFalse();
    }

    @Test
    public void theInnerRequestIsHitWhileItIsServed() {
        Activation activation = new Activation(new Inbox().firstTaker());
        Activation.State outer = activation.begin();
        Activation.State inner = activation.begin();
        activation.interrupt(() -> true);

        assertThat(activation.end(inner)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(activation.end(outer)).isFalse();
    }

    @Test
    public void theOuterRequestThatWasHitFindsItselfInterruptedAfterTheInnerOne() {
        Activation activation = new Activation(new Inbox().firstTaker());
        Activation.State outer = activation.begin();
        activation.interrupt(() -> true);
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
    public void nothingIsHitIfAnotherBodyWasMeant() {
        Activation activation = new Activation(new Inbox().firstTaker());
        Activation.State around = activation.begin();

        assertThat(activation.interrupt(() -> false)).isFalse();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(activation.interrupt(() -> true)).as("it can still be hit").isTrue();
        assertThat(activation.end(around)).isTrue();
    }

    /** The thread of service reaches the end of the request while the other one still asks. */
    @Test
    public void aRequestThatWaitedForAnInterruptOfAnotherBodyKeepsItsOwn() throws InterruptedException {
        Activation activation = new Activation(new Inbox().firstTaker());
        Activation.State around = activation.begin();
        Thread service = Thread.currentThread();
        AtomicBoolean asked = new AtomicBoolean();
        Thread caller = Thread.startVirtualThread(() -> activation.interrupt(() -> {
            asked.set(true);
            while (service.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            service.interrupt(); // by somebody else
            return false;
        }));
        while (!asked.get()) {
            Thread.onSpinWait(); // and be seen waiting only by what waits for the interrupt
        }

        assertThat(activation.end(around)).isFalse();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    public void eachHitEndsOneRequest() throws InterruptedException {
        Activation activation = new Activation(new Inbox().firstTaker());
        AtomicInteger hits = new AtomicInteger();
        Thread caller = Thread.startVirtualThread(() -> {
            while (hits.get() < 1000) {
                if (activation.interrupt(() -> true)) {
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
