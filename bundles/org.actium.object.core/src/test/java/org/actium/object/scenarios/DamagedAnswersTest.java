package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.remote.api.Channel;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What was waited for has come, but cannot be read: whoever waits must not do so for ever. */
public class DamagedAnswersTest {

    /** Kinds of frames, as they are on the wire. */
    private static final byte REQUEST = 0;

    private static final byte REPLY = 1;
    private static final byte FUTURE_VALUE = 5;

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime caller = new TestRuntime("caller", network);
    private final TestRuntime other = new TestRuntime("other", network);
    private final Node far = other.runtime.createNode("far", Optional.empty());
    private final Counter counter =
            caller.objects.newActive(Counter.class).on(far).start();

    @Before
    public void shut() {
        Counter.HELD.clear();
        Counter.Gate.SECOND.shut();
    }

    @After
    public void stop() {
        Counter.Gate.SECOND.open();
        caller.close();
        other.close();
        network.close();
    }

    /** Kind and number, then more futures than there are bytes. */
    private static ByteBuffer damaged(byte kind, int number) {
        return ByteBuffer.wrap(new byte[] {kind, (byte) number, 100});
    }

    private static byte[] lastRequest(List<byte[]> frames) {
        return frames.stream()
                .filter(frame -> frame[0] == REQUEST)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @Test
    public void whoeverWaitsForAReplyIsToldThatItIsDamaged() throws InterruptedException {
        List<byte[]> frames = network.record(other.runtime.id(), Channel.OBJECTS);
        Counter.Count pending = counter.countAfter(Counter.Gate.SECOND);
        Counter.Gate.SECOND.awaitReached();
        int number = lastRequest(frames)[1];

        assertThat(network.inject(other.runtime.id(), caller.runtime.id(), Channel.OBJECTS, damaged(REPLY, number)))
                .as("whether the link survives")
                .isFalse();

        assertThatThrownBy(pending::value)
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("countAfter on counter-1")
                .hasMessageContaining("damaged");
    }

    @Test
    public void whoeverHoldsAFutureIsToldThatItsValueIsDamaged() throws InterruptedException {
        List<byte[]> frames = network.record(other.runtime.id(), Channel.OBJECTS);
        counter.hold(new CompletableFuture<>());
        counter.value(); // by now it holds the future
        byte[] request =
                frames.stream().filter(frame -> frame[0] == REQUEST).findFirst().orElseThrow();
        int future = request[1] + 1; // it is numbered right after the request that takes it along

        assertThat(network.inject(
                        caller.runtime.id(), other.runtime.id(), Channel.OBJECTS, damaged(FUTURE_VALUE, future)))
                .as("whether the link survives: %s", Arrays.toString(request))
                .isFalse();

        assertThat(Counter.HELD.take())
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("damaged");
    }
}
