package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** A future that was passed on so often that its value would not come through the chain on one stack. */
public class LongChainTest {

    private static final int LINKS = 10_000;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime caller = new TestRuntime("caller", network);
    private final TestRuntime other = new TestRuntime("other", network);

    @Before
    public void shut() {
        Counter.Gate.SECOND.shut();
    }

    @After
    public void stop() {
        Counter.Gate.SECOND.open();
        caller.close();
        other.close();
        network.close();
    }

    private Counter counterOn(Node node) {
        return caller.objects.newActive(Counter.class, 42).on(node).start();
    }

    /** What the first of these returns in the end, passed through both in turns. */
    private Counter.Count passed(Counter.Count first, Counter odd, Counter even) {
        Counter.Count latest = first;
        for (int i = 0; i < LINKS / 2; i++) {
            latest = even.pass(odd.pass(latest));
        }
        return latest;
    }

    @Test
    public void aValueComesThroughALongChainWithinARuntime() {
        Node here = caller.runtime.defaultNode();
        Counter.Count last = passed(counterOn(here).countAfter(Counter.Gate.SECOND), counterOn(here), counterOn(here));

        Counter.Gate.SECOND.open();

        assertThat(last.value()).isEqualTo(42);
    }

    @Test
    public void aValueComesThroughALongChainBetweenRuntimes() {
        Node here = caller.runtime.defaultNode();
        Node far = other.runtime.createNode("far", Optional.empty());
        Counter.Count last = passed(counterOn(far).countAfter(Counter.Gate.SECOND), counterOn(here), counterOn(far));

        Counter.Gate.SECOND.open();

        assertThat(last.value()).isEqualTo(42);
    }

    @Test
    public void soDoesAFailure() {
        Node here = caller.runtime.defaultNode();
        Counter slow = counterOn(here);
        slow.countAfter(Counter.Gate.SECOND);
        Counter.Count last = passed(slow.failLater(), counterOn(here), counterOn(here));

        Counter.Gate.SECOND.open();

        assertThatThrownBy(last::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted");
    }
}
