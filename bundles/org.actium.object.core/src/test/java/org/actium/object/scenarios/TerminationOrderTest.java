package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.actium.object.api.Termination;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class TerminationOrderTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime caller = new TestRuntime("caller", network);
    private final TestRuntime other = new TestRuntime("other", network);
    private final Node far = other.runtime.createNode("far", Optional.empty());

    @After
    public void stop() {
        caller.close();
        other.close();
        network.close();
    }

    /** Or whoever is told of the end, and calls the object, would find it serving. */
    @Test
    public void whatFollowsAnOrderToEndWaitsUntilThatCounts() throws InterruptedException {
        Counter counter = caller.objects.newActive(Counter.class).on(far).start();
        Counter near = caller.objects.newActive(Counter.class).start();
        near.add(1);
        network.hold();

        Thread sender = Thread.ofPlatform().start(() -> {
            caller.objects.terminate(counter, Termination.NOW);
            near.add(1); // one-way, and within the runtime: it has nothing else to wait for
        });

        while (sender.getState() != Thread.State.WAITING) {
            assertThat(sender.isAlive()).as("the sender, while nothing arrives").isTrue();
            Thread.onSpinWait();
        }
        network.kill(other.runtime.id()); // now the order counts in any case
        sender.join();
        assertThat(near.value()).isEqualTo(2);
    }

    @Test
    public void anOrderToEndThatArrivesKeepsNobody() throws InterruptedException {
        Counter counter = caller.objects.newActive(Counter.class).on(far).start();
        Counter near = caller.objects.newActive(Counter.class).start();

        caller.objects.terminate(counter, Termination.NOW);
        near.add(1);

        assertThat(near.value()).isEqualTo(1);
        while (caller.objects.unsettled() > 0) {
            Thread.onSpinWait();
        }
    }
}
