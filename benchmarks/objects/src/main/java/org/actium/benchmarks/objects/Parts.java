package org.actium.benchmarks.objects;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.actium.codec.api.Substitution;
import org.actium.codec.java.JavaCodec;
import org.actium.object.spi.CallHandler;
import org.actium.object.stubs.StubFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What calls are made of: stubs and copies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Parts {

    private static final int ELEMENTS = 1_000;

    /** An element of a graph with cycles. */
    public static class Element implements Serializable {
        private static final long serialVersionUID = 1;
        private final int number;
        private final String name;
        private final List<Element> neighbours = new ArrayList<>();
        private Element opposite;

        Element(int number) {
            this.number = number;
            this.name = "element " + number;
        }
    }

    /** Has a stub. */
    public static class Adder {
        public int add(int one, int other) {
            return one + other;
        }
    }

    private final JavaCodec codec = new JavaCodec();
    private final CallHandler handler = (method, arguments) -> 0;
    private List<Element> graph;
    private Adder direct;
    private Adder stub;
    private Adder queued;
    private Queue<Object[]> queue;

    @Setup
    public void start() {
        graph = new ArrayList<>();
        for (int i = 0; i < ELEMENTS; i++) {
            graph.add(new Element(i));
        }
        for (int i = 0; i < ELEMENTS; i++) {
            Element element = graph.get(i);
            // back only, so that no way through the graph is long: Java serialization recurses
            element.opposite = graph.get(i == 0 ? 1 : i / 2);
            element.neighbours.add(graph.get(Math.max(0, i - 1)));
            element.neighbours.add(graph.get(Math.max(0, i - 7)));
        }
        direct = new Adder();
        stub = new StubFactory().stub(Adder.class, handler);
        queue = new ConcurrentLinkedQueue<>();
        queued = new StubFactory().stub(Adder.class, (method, arguments) -> {
            queue.offer(arguments);
            return 0;
        });
    }

    @Benchmark
    public Object copyOurs() {
        return codec.copy(graph, Substitution.NONE);
    }

    @Benchmark
    public Object copyJdk() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(graph);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Benchmark
    public int interceptedCall() {
        return stub.add(1, 2);
    }

    @Benchmark
    public int directCall() {
        return direct.add(1, 2);
    }

    /** What a call does to a queue, without anything around it: pack the arguments, put them in, take them out. */
    @Benchmark
    public Object queueDirectly() {
        queue.offer(new Object[] {1, 2});
        return queue.poll();
    }

    @Benchmark
    public Object queueThroughStub() {
        queued.add(1, 2);
        return queue.poll();
    }
}
