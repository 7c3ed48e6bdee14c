package org.actium.benchmarks.ft;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * An active object with a state of about 10 MiB, which is written field by field as that of most objects is. Knows how long it
 * was between the end of a service and the beginning of the next one. What it knows is not part of the state.
 */
public class Ballast implements Serializable {

    private static final long serialVersionUID = 1;

    private final Serializable state;
    private transient long ended;
    private transient List<Long> gaps;

    /** What the state is made of. */
    enum Shape {
        ARRAYS("640 arrays of 16 KiB") {
            @Override
            Serializable state() {
                return (Serializable) IntStream.range(0, 640)
                        .mapToObj(i -> Sink.random(16 << 10))
                        .toList();
            }
        },
        OBJECTS("many objects, of a text and four numbers each") {
            @Override
            Serializable state() {
                Random random = new Random(1);
                return new ArrayList<>(IntStream.range(0, 130_000)
                        .mapToObj(i -> new Entry(
                                "a text with the number " + i,
                                random.nextDouble(),
                                random.nextDouble(),
                                random.nextDouble(),
                                random.nextDouble()))
                        .toList());
            }
        };

        private final String title;

        Shape(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        abstract Serializable state();
    }

    private record Entry(String text, double one, double two, double three, double four) implements Serializable {}

    public Ballast(String shape) {
        state = Shape.valueOf(shape).state();
    }

    /** Serves for so long. */
    public void work(long nanos) {
        long begun = System.nanoTime();
        if (gaps == null) {
            gaps = new ArrayList<>();
        }
        if (ended != 0) {
            gaps.add(begun - ended);
        }
        LockSupport.parkNanos(nanos);
        ended = System.nanoTime();
    }

    /** Nothing waited any more: how long it is until the next service says nothing. @return in nanoseconds, in their order */
    public long[] gaps() {
        ended = 0;
        long[] nanos = gaps.stream().mapToLong(Long::longValue).toArray();
        gaps.clear();
        return nanos;
    }

    /** How large the state is as a checkpoint has it. */
    public int size() {
        try (ByteArrayOutputStream counted = new ByteArrayOutputStream();
                ObjectOutputStream out = new ObjectOutputStream(counted)) {
            out.writeObject(state);
            out.flush();
            return counted.size();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
