package org.actium.codec.java;

import java.io.StreamCorruptedException;
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

    /** Writes the length as a number, then the elements. */
    void write(Object array, Output out) {
        A source = type.cast(array);
        int count = length.applyAsInt(source);
        out.putNumber(count);
        put.move(out.space(Math.multiplyExact(count, width)), source, 0, count);
    }

    /** Reads what {@link #write} wrote. */
    A read(Input in, ElementBudget budget) throws StreamCorruptedException {
        int count = in.getCount(width);
        budget.take(count);
        if (type == byte[].class) {
            return type.cast(in.getBytes(count));
        }
        A target = make.apply(count);
        get.move(in.slice(count * width), target, 0, count);
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
