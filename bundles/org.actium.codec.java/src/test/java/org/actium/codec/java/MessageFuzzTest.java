package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.Substitution;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * A million messages that are almost right: each is read as something else, or refused; none hangs, overflows, costs much
 * memory, or runs anything of a class that is not admitted. {@code -Dactium.seed} takes other ones.
 */
public class MessageFuzzTest {

    private static final int BY_HAND = 850_000;
    private static final int STREAMS = 150_000;
    private static final int CORPUS = 300;

    /** For a message of some hundred bytes; a table of class descriptions of the JDK is the largest of it. */
    private static final long BYTES_OF_A_MESSAGE = 2 << 20;

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    private final long seed = Long.getLong("actium.seed", 20_302);
    private final Random random = new Random(seed);
    private final JavaCodec codec = new JavaCodec();
    private final ReceivedClasses known = codec.receivedClasses();
    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OnlyThese admitted = new OnlyThese(
            GraphMaker.Colour.class,
            GraphMaker.Pair.class,
            GraphMaker.Base.class,
            GraphMaker.Derived.class,
            GraphMaker.Secretive.class,
            GraphMaker.Only.class,
            GraphMaker.Outward.class);

    /** Messages by hand or streams, of two kinds: with their classes, and with those of the link. */
    private List<byte[]> corpus(boolean byHand) {
        SentClasses told = codec.sentClasses(known::learn);
        List<byte[]> corpus = new ArrayList<>();
        for (long graph = 0; corpus.size() < CORPUS; graph++) {
            ByteBuffer message = codec.encode(
                    new GraphMaker(graph, byHand).make(), Substitution.NONE, graph % 2 == 0 ? told : SentClasses.NONE);
            if (message.remaining() > 8 && (message.get(message.position()) == Tags.STREAM) != byHand) {
                byte[] bytes = new byte[message.remaining()];
                message.get(bytes);
                corpus.add(bytes);
            }
        }
        return corpus;
    }

    private byte[] mutated(byte[] message, byte[] other) {
        byte[] mutated = message.clone();
        switch (random.nextInt(8)) {
            case 0 -> mutated = Arrays.copyOf(message, random.nextInt(message.length));
            case 1 -> mutated = Arrays.copyOf(message, message.length + 1 + random.nextInt(30));
            case 2 -> ByteBuffer.wrap(mutated).putInt(random.nextInt(message.length - 3), random.nextInt());
            case 3 -> ByteBuffer.wrap(mutated).putInt(random.nextInt(message.length - 3), Integer.MAX_VALUE);
            case 4 -> { // the end of another one
                int at = random.nextInt(message.length);
                int from = random.nextInt(other.length);
                mutated = Arrays.copyOf(message, at + other.length - from);
                System.arraycopy(other, from, mutated, at, other.length - from);
            }
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    mutated[random.nextInt(message.length)] ^= (byte) (1 + random.nextInt(255));
                }
            }
        }
        return mutated;
    }

    private void read(byte[] message) {
        long before = thread.getCurrentThreadAllocatedBytes();
        try {
            codec.decode(ByteBuffer.wrap(message), admitted, Substitution.NONE, known);
        } catch (CodecException refused) {
            if (refused.getMessage().isBlank()) {
                throw new AssertionError("seed " + seed + ": no reason for " + Arrays.toString(message), refused);
            }
        }
        long taken = thread.getCurrentThreadAllocatedBytes() - before;
        if (taken > BYTES_OF_A_MESSAGE) {
            throw new AssertionError("seed " + seed + ": " + taken + " bytes for " + Arrays.toString(message));
        }
    }

    private void fuzz(int messages, boolean byHand) {
        Canaries.SUNG.clear();
        List<byte[]> corpus = corpus(byHand);
        for (int i = 0; i < messages; i++) {
            byte[] message = corpus.get(random.nextInt(corpus.size()));
            read(mutated(message, corpus.get(random.nextInt(corpus.size()))));
        }
        assertThat(Canaries.SUNG).isEmpty();
        assertThat(admitted.asked())
                .as("names of classes that are no names any more")
                .hasSizeGreaterThan(100);
        assertThat(admitted.notAdmitted())
                .as("classes looked for, seed %d", seed)
                .isEmpty();
    }

    @Test
    public void messagesByHandThatAreAlmostRightDoNoHarm() {
        fuzz(BY_HAND, true);
    }

    @Test
    public void streamsThatAreAlmostRightDoNoHarm() {
        fuzz(STREAMS, false);
    }

    @Test
    public void messagesThatNameOtherClassesDoNoHarm() {
        List<Serializable> canaries = List.of(new Canaries.Plain(), new Canaries.Recorded(1), Canaries.Choice.ONE);
        List<byte[]> corpus = new ArrayList<>();
        for (Object canary : canaries) {
            for (Object hidden : List.of(canary, List.of(canary), new GraphMaker.Pair(canary, 1, canary.getClass()))) {
                ByteBuffer message = codec.encode(hidden, Substitution.NONE, SentClasses.NONE);
                byte[] bytes = new byte[message.remaining()];
                message.get(bytes);
                corpus.add(bytes);
            }
        }
        Canaries.SUNG.clear();
        for (int i = 0; i < BY_HAND / 20; i++) {
            byte[] message = corpus.get(random.nextInt(corpus.size()));
            read(mutated(message, corpus.get(random.nextInt(corpus.size()))));
        }
        assertThat(Canaries.SUNG).isEmpty();
        assertThat(admitted.notAdmitted())
                .as("classes looked for, seed %d", seed)
                .isNotEmpty()
                .isSubsetOf(Canaries.Plain.class, Canaries.Recorded.class, Canaries.Choice.class);
    }
}
