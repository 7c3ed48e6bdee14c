package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.actium.object.api.Termination;
import org.actium.remote.api.Channel;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * A peer that was admitted and goes mad: frames that are almost right, of all kinds. A frame that makes no sense closes the
 * link, as garbage does; all else goes on. {@code -Dactium.seed} takes other ones.
 */
public class OpenLinkFuzzTest {

    private static final int FRAMES = 200_000;

    /** Kinds of frames, as they are on the wire. */
    private static final int TERMINATION = 4;

    private static final int DEFINITION = 12;

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    private final long seed = Long.getLong("actium.seed", 20_303);
    private final Random random = new Random(seed);
    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime caller = new TestRuntime("caller", network);
    private final TestRuntime other = new TestRuntime("other", network);
    private final Node node = other.runtime.createNode("far", Optional.empty());

    @After
    public void stop() {
        caller.close();
        other.close();
        network.close();
    }

    private Counter counter() {
        return caller.objects.newActive(Counter.class).on(node).start();
    }

    /** What the caller sends while it uses an object over there in many ways. */
    private List<byte[]> recorded() throws InterruptedException {
        List<byte[]> frames = network.record(other.runtime.id(), Channel.OBJECTS);
        Counter counter = counter();
        for (int i = 0; i < 10; i++) {
            counter.add(i);
            counter.value();
        }
        Counter passing = counter();
        Counter.Gate.SECOND.shut(); // or it depends on the threads what goes over the link for the one that is passed
        Counter.Count pending = counter.countAfter(Counter.Gate.SECOND);
        Counter.Gate.SECOND.awaitReached();
        Counter.Count passed = passing.pass(pending);
        Counter.Gate.SECOND.open();
        assertThat(passed.value()).isEqualTo(counter.value());
        caller.objects.terminate(passing, Termination.NOW);
        counter.value();
        assertThat(frames).hasSizeGreaterThan(20);
        // of a termination with another id would die what is needed to see that nothing happened
        return frames.stream().filter(frame -> frame[0] != TERMINATION).toList();
    }

    private byte[] mutated(byte[] frame) {
        byte[] mutated = frame.clone();
        switch (random.nextInt(8)) {
            case 0 -> mutated = Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> mutated = Arrays.copyOf(frame, frame.length + 1 + random.nextInt(40));
            case 2 -> mutated[0] = (byte) random.nextInt(TERMINATION); // another kind
            case 3 -> mutated[0] = (byte) (TERMINATION + 1 + random.nextInt(12)); // this one leaves nothing to aim at
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    mutated[random.nextInt(frame.length)] ^= (byte) (1 + random.nextInt(255));
                }
            }
        }
        return mutated;
    }

    @Test
    public void framesThatAreAlmostRightDoNoHarm() throws InterruptedException {
        List<byte[]> frames = recorded();
        Counter bystander = other.objects.newActive(Counter.class).start();
        List<byte[]> definitions =
                frames.stream().filter(frame -> frame[0] == DEFINITION).toList();
        assertThat(definitions).as("of classes and signatures").hasSizeGreaterThan(3);
        network.hold(); // nobody reads the answers
        int closed = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = mutated(frames.get(random.nextInt(frames.size())));
            if (!network.inject(caller.runtime.id(), other.runtime.id(), Channel.OBJECTS, ByteBuffer.wrap(frame))) {
                closed++;
                // so that the next ones find classes and signatures defined
                definitions.forEach(honest -> network.inject(
                        caller.runtime.id(), other.runtime.id(), Channel.OBJECTS, ByteBuffer.wrap(honest)));
            }
        }
        assertThat(closed).as("frames that closed the link, with seed %d", seed).isBetween(FRAMES / 10, FRAMES * 3 / 4);

        bystander.value(); // which some frames may have called too, but it serves
        Counter local = other.objects.newActive(Counter.class).start();
        local.add(1);
        assertThat(local.value()).as("of an object there").isEqualTo(1);
        network.resume();
        Counter fresh = counter();
        fresh.add(2);
        assertThat(fresh.value()).as("over a new link").isEqualTo(2);
    }
}
