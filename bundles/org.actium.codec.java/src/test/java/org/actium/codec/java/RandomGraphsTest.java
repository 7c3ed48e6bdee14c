package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.Substitution;
import org.junit.Test;

/** What comes back is what Java serialization would have brought back. */
public class RandomGraphsTest {

    private static final ClassScope HERE = ClassScope.of(RandomGraphsTest.class.getClassLoader());
    private static final int GRAPHS = 3_000;

    private final JavaCodec codec = new JavaCodec();

    @Test
    public void graphsOfAllKindsComeBackAsFromJavaSerialization() throws Exception {
        for (long seed = 0; seed < GRAPHS; seed++) {
            Object graph = new GraphMaker(seed, false).make();
            ByteBuffer bytes = codec.encode(graph, Substitution.NONE, SentClasses.NONE);
            Object read = codec.decode(bytes, HERE, Substitution.NONE, ReceivedClasses.NONE);
            assertThat(Shape.of(read)).as("seed %d", seed).isEqualTo(Shape.of(serialized(graph)));
        }
    }

    @Test
    public void graphsComeBackOverALinkThatKnowsMoreAndMoreClasses() throws Exception {
        ReceivedClasses known = codec.receivedClasses();
        SentClasses told = codec.sentClasses(known::learn);
        int streams = 0;
        for (long seed = 0; seed < GRAPHS; seed++) {
            Object graph = new GraphMaker(seed, true).make();
            ByteBuffer bytes = codec.encode(graph, Substitution.NONE, told);
            streams += bytes.get(bytes.position()) == Tags.STREAM ? 1 : 0;
            Object read = codec.decode(bytes, HERE, Substitution.NONE, known);
            assertThat(Shape.of(read)).as("seed %d", seed).isEqualTo(Shape.of(serialized(graph)));
        }
        assertThat(streams)
                .as("graphs with a cycle through a record or an unmodifiable list")
                .isLessThan(GRAPHS / 20);
    }

    @Test
    public void whatMemoryHeldBeforeMakesNoDifference() {
        AtomicReference<byte[]> given = new AtomicReference<>();
        IntFunction<byte[]> used = length -> {
            byte[] memory = new byte[length + 100];
            Arrays.fill(memory, (byte) 0x5a);
            given.set(memory);
            return memory;
        };
        for (long seed = 0; seed < 200; seed++) {
            byte[] large = new byte[50_000 + (int) seed];
            Arrays.fill(large, (byte) seed);
            Object graph = new Object[] {new GraphMaker(seed, true).make(), large, new int[20_000], "text"};
            ByteBuffer fresh = codec.encode(graph, Substitution.NONE, SentClasses.NONE);
            ByteBuffer bytes = codec.encode(graph, Substitution.NONE, SentClasses.NONE, used);
            assertThat(bytes.array()).as("seed %d", seed).isSameAs(given.get());
            assertThat(bytes).as("seed %d", seed).isEqualTo(fresh);
        }
    }

    @Test
    public void shortMessagesAskForNoMemory() {
        ByteBuffer bytes = codec.encode(new byte[1000], Substitution.NONE, SentClasses.NONE, length -> {
            throw new AssertionError(length + " bytes");
        });
        assertThat(bytes.remaining()).isGreaterThan(1000);
    }

    private static Object serialized(Object graph) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(graph);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
