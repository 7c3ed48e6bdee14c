package org.actium.deployment.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.actium.deployment.shell.api.ProcessJob;
import org.actium.deployment.shell.api.SystemProcesses;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.runtime.core.SystemThreads;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class DeliveryTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final Delivery delivery = new Delivery("the runtime for node7", Duration.ofSeconds(20));
    private final CountDownLatch ended = new CountDownLatch(1);
    private Process process;

    @Before
    public void start() throws IOException {
        process = new SystemProcesses().start(List.of("sleep", "60"));
        delivery.join();
        delivery.whenEnded(ended::countDown);
    }

    @After
    public void kill() {
        process.destroyForcibly();
    }

    @Test
    public void itGoesOnAsLongAsSomebodyWantsIt() {
        delivery.under(job());
        assertThat(delivery.join()).isTrue();

        delivery.leave();

        assertThat(process.isAlive()).isTrue();
        delivery.arrived();
        delivery.await();
    }

    @Test
    public void itsProgramEndsWhenTheLastHasLeft() throws InterruptedException {
        delivery.under(job());

        delivery.leave();

        assertThat(process.isAlive()).isFalse();
        ended.await();
        assertThat(delivery.join()).as("who comes later wants another one").isFalse();
        assertThatThrownBy(delivery::await)
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessage("the runtime for node7 was given up, since nobody waits for it");
    }

    @Test
    public void aProgramThatIsStartedTooLateEndsAtOnce() {
        delivery.leave();

        delivery.under(job());

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    public void whoHasWaitedLongEnoughSaysForWhat() {
        var slow = new Delivery("the java for node7", Duration.ZERO);
        slow.join();

        assertThatThrownBy(slow::await)
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessage("the java for node7 did not get there within 0 min");
    }

    private ProcessJob job() {
        return new ProcessJob("push to node7", process, new SystemThreads(), Duration.ofSeconds(5));
    }
}
