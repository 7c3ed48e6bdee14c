package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.Substitution;
import org.junit.Test;

/** Each limit, where it is: what has just that much is read, and what has one more is refused. */
public class ReadLimitsTest {

    private static final long MUCH = 1 << 20;
    private static final ClassScope HERE = ClassScope.of(ReadLimitsTest.class.getClassLoader());

    record Chain(Object next) implements Serializable {}

    /** Travels in a stream of the JDK. */
    static final class Streamed implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial")
        private final Object value;

        Streamed(Object value) {
            this.value = value;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
        }
    }

    private static ByteBuffer encoded(Object value) {
        return new JavaCodec().encode(value, Substitution.NONE, SentClasses.NONE);
    }

    private static Object read(ByteBuffer message, ReadLimits limits) {
        return new JavaCodec(limits, SharingSettings.DEFAULT)
                .decode(message, HERE, Substitution.NONE, ReceivedClasses.NONE);
    }

    private static void assertRefused(ByteBuffer message, ReadLimits limits, String reason) {
        assertThatThrownBy(() -> read(message, limits))
                .isInstanceOf(CodecException.class)
                .hasMessage(reason);
    }

    private static void assertThatItEndsAt(long most, LongFunction<ReadLimits> limits, Object value, String reason) {
        assertThat(read(encoded(value), limits.apply(most))).isNotNull();
        assertRefused(encoded(value), limits.apply(most - 1), reason);
    }

    /** How much the stream of the JDK counts is its own affair: the least that is enough for the value. */
    private static void assertThatAStreamEnds(LongFunction<ReadLimits> limits, Object value, String reason) {
        ByteBuffer message = encoded(new Streamed(value));
        assertThat(message.get(message.position())).isEqualTo((byte) Tags.STREAM);
        long least = 1;
        while (isRefused(message, limits.apply(least))) {
            least++;
            assertThat(least).isLessThan(2_000);
        }
        assertThat(least).isGreaterThan(1);
        assertRefused(message.duplicate(), limits.apply(least - 1), reason.replace("N", Long.toString(least - 1)));
    }

    private static boolean isRefused(ByteBuffer message, ReadLimits limits) {
        try {
            read(message.duplicate(), limits);
            return false;
        } catch (CodecException refused) {
            return true;
        }
    }

    private static ReadLimits depth(long limit) {
        return new ReadLimits(limit, MUCH, MUCH, MUCH);
    }

    private static ReadLimits references(long limit) {
        return new ReadLimits(MUCH, limit, MUCH, MUCH);
    }

    private static ReadLimits elements(long limit) {
        return new ReadLimits(MUCH, MUCH, limit, MUCH);
    }

    private static ReadLimits bytes(long limit) {
        return new ReadLimits(MUCH, MUCH, MUCH, limit);
    }

    private static Object nested(int objects) {
        Object chain = null;
        for (int i = 0; i < objects; i++) {
            chain = new Chain(chain);
        }
        return chain;
    }

    private static List<Object> chains(int count) {
        List<Object> chains = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chains.add(new Chain(null));
        }
        return chains;
    }

    @Test
    public void depth() {
        String reason =
                "the message is nested deeper than N objects; send it in pieces, or raise actium.codec.depth of the"
                        + " runtime that reads it";
        assertThatItEndsAt(10, ReadLimitsTest::depth, nested(10), reason.replace("N", "9"));
        assertThatAStreamEnds(ReadLimitsTest::depth, nested(10), reason);
    }

    @Test
    public void references() {
        String reason =
                "the message has more than N references; send it in pieces, or raise actium.codec.references of the"
                        + " runtime that reads it";
        assertThatItEndsAt(1 + 99, ReadLimitsTest::references, chains(99), reason.replace("N", "99"));
        assertThatAStreamEnds(ReadLimitsTest::references, chains(99), reason);
    }

    @Test
    public void elements() {
        String reason = "the arrays of the message have more than N elements: M at least; send it in pieces, or raise"
                + " actium.codec.elements of the runtime that reads it";
        assertThatItEndsAt(
                1_000,
                ReadLimitsTest::elements,
                new long[1_000],
                reason.replace("N", "999").replace("M", "1000"));
        assertThatItEndsAt(
                2 + 600 + 400,
                ReadLimitsTest::elements,
                new Object[] {new long[600], new int[400]},
                reason.replace("N", "1001").replace("M", "1002"));
        assertThatAStreamEnds(ReadLimitsTest::elements, new long[1_000], reason.replace("M", "1000"));
    }

    @Test
    public void bytes() {
        for (Object value : List.of("x".repeat(1_000), new Streamed("x".repeat(1_000)))) {
            int length = encoded(value).remaining();
            assertThatItEndsAt(
                    length,
                    ReadLimitsTest::bytes,
                    value,
                    "the message is longer than " + (length - 1) + " bytes: " + length + "; send it in pieces");
        }
    }

    @Test
    public void whoReadsRaisesThem() {
        Map<String, String> properties =
                Map.of("actium.codec.depth", "700", "actium.codec.references", " 8 ", "actium.codec.elements", "9");
        assertThat(ReadLimits.of(name -> Optional.ofNullable(properties.get(name))))
                .isEqualTo(new ReadLimits(700, 8, 9, ReadLimits.DEFAULT.bytes()));
        assertThat(ReadLimits.of(name -> Optional.empty())).isEqualTo(ReadLimits.DEFAULT);
        for (String wrong : List.of("0", "-1", "many", "")) {
            assertThatThrownBy(() -> ReadLimits.of(name -> Optional.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("actium.codec.depth is '" + wrong + "'; it must be a number from 1");
        }
    }
}
