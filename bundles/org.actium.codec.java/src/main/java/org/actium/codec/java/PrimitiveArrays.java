package org.actium.codec.java;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Arrays of one primitive type.
 *
 * @param <A> the array type
 * @param width bytes of an element
 * @param get fills part of an array from a buffer
 * @param put fills a buffer from part of an array
 */
record PrimitiveArrays<A>(
        Class<A> type, int width, IntFunction<A> make, ToIntFunction<A> length, Transfer<A> get, Transfer<A> put) {

    /** The position in this list is on the wire: append only. */
    private static final List<PrimitiveArrays<?>> ALL = List.of(
            new PrimitiveArrays<>(
                    byte[].class,
                    1,
                    byte[]::new,
                    a -> a.length,
                    (b, a, from, n) -> b.get(a, from, n),
                    (b, a, from, n) -> b.put(a, from, n)),
            new PrimitiveArrays<>(
                    boolean[].class,
                    1,
                    boolean[]::new,
                    a -> a.length,
                    PrimitiveArrays::getBooleans,
                    PrimitiveArrays::putBooleans),
            new PrimitiveArrays<>(
                    char[].class,
                    2,
                    char[]::new,
                    a -> a.length,
                    (b, a, from, n) -> b.asCharBuffer().get(a, from, n),
                    (b, a, from, n) -> b.asCharBuffer().put(a, from, n)),
            new PrimitiveArrays<>(
                    short[].class,
                    2,
                    short[]::new,
                    a -> a.length,
                    (b, a, from, n) -> b.asShortBuffer().get(a, from, n),
                    (b, a, from, n) -> b.asShortBuffer().put(a, from, n)),
            new PrimitiveArrays<>(
                    int[].class,
                    4,
                    int[]::new,
                    a -> a.length,
                    (b, a, from, n) -> b.asIntBuffer().get(a, from, n),
                    (b, a, from, n) -> b.asIntBuffer().put(a, from, n)),
            new PrimitiveArrays<>(
                    long[].class,
                    8,
                    long[]::new,
                    a -> a.length,
                    (b, a, from, n) -> b.asLongBuffer().get(a, from, n),
                    (b, a, from, n) -> b.asLongBuffer().put(a, from, n)),
            new PrimitiveArrays<>(
                    float[].class,
                    4,
                    float[]::new,
                    a -> a.length,
                    (b, a, from, n) -> b.asFloatBuffer().get(a, from, n),
                    (b, a, from, n) -> b.asFloatBuffer().put(a, from, n)),
            new PrimitiveArrays<>(
                    double[].class,
                    8,
                    double[]::new,
                    a -> a.length,
                    (b, a, from, n) -> b.asDoubleBuffer().get(a, from, n),
                    (b, a, from, n) -> b.asDoubleBuffer().put(a, from, n)));

    static final int KINDS = ALL.size();

    private static final int CHUNK_BYTES = 8192;

    /** Moves elements between a buffer that holds exactly them and part of an array. */
    interface Transfer<A> {
        void move(ByteBuffer buffer, A array, int from, int count);
    }

    /** {@code null} if the object is not an array of primitives. */
    static PrimitiveArrays<?> of(Object candidate) {
        if (candidate != null && candidate.getClass().isArray()) {
            for (PrimitiveArrays<?> kind : ALL) {
                if (kind.type == candidate.getClass()) {
                    return kind;
                }
            }
        }
        return null;
    }

    /** @param index from 0, below {@link #KINDS} */
    static PrimitiveArrays<?> at(int index) {
        return ALL.get(index);
    }

    int index() {
        return ALL.indexOf(this);
    }

    A copyOf(Object array) {
        A original = type.cast(array);
        int count = length.applyAsInt(original);
        A copy = make.apply(count);
        System.arraycopy(original, 0, copy, 0, count);
        return copy;
    }

    /** Writes the length as four bytes, then the elements. */
    void write(Object array, OutputStream out) throws IOException {
        A source = type.cast(array);
        int count = length.applyAsInt(source);
        ByteBuffer chunk = chunk(count);
        out.write(chunk.putInt(0, count).array(), 0, 4);
        for (int from = 0; from < count; ) {
            int n = Math.min(count - from, chunk.capacity() / width);
            put.move(chunk.clear().limit(n * width), source, from, n);
            out.write(chunk.array(), 0, n * width);
            from += n;
        }
    }

    /** Reads what {@link #write} wrote. */
    A read(InputStream in, ElementBudget budget) throws IOException {
        int count = ByteBuffer.wrap(exactly(in, new byte[4], 4)).getInt();
        budget.take(count);
        A target = make.apply(count);
        ByteBuffer chunk = chunk(count);
        for (int from = 0; from < count; ) {
            int n = Math.min(count - from, chunk.capacity() / width);
            exactly(in, chunk.array(), n * width);
            get.move(chunk.clear().limit(n * width), target, from, n);
            from += n;
        }
        return target;
    }

    private ByteBuffer chunk(int count) {
        return ByteBuffer.allocate((int) Math.max(8, Math.min(CHUNK_BYTES, (long) count * width)));
    }

    static byte[] exactly(InputStream in, byte[] target, int count) throws IOException {
        if (in.readNBytes(target, 0, count) < count) {
            throw new EOFException("it ends early");
        }
        return target;
    }

    private static void getBooleans(ByteBuffer buffer, boolean[] array, int from, int count) {
        for (int i = 0; i < count; i++) {
            array[from + i] = buffer.get(i) != 0;
        }
    }

    private static void putBooleans(ByteBuffer buffer, boolean[] array, int from, int count) {
        for (int i = 0; i < count; i++) {
            buffer.put(i, (byte) (array[from + i] ? 1 : 0));
        }
    }
}
