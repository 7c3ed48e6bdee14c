package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
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
