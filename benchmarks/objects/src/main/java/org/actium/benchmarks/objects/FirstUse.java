package org.actium.benchmarks.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.actium.object.spi.CallHandler;
import org.actium.object.stubs.StubFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first stub of a class that nobody has seen before: each time a class loader of its own defines the class anew. Garbage
 * is not collected in between: that also throws away what the JVM has linked for the generator, and the shot then measures
 * how that is linked anew, which took more than half of it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FirstUse {

    /** Defines the sample itself and leaves everything else to its parent. */
    private static final class Fresh extends ClassLoader {

        Fresh() {
            super(FirstUse.class.getClassLoader());
        }

        Class<?> define(byte[] bytes) {
            return defineClass(FirstUseSample.class.getName(), bytes, 0, bytes.length);
        }
    }

    private final CallHandler handler = (method, arguments) -> null;
    private final StubFactory stubs = new StubFactory();
    private byte[] bytes;
    private Class<?> fresh;

    @Setup
    public void read() throws IOException {
        try (InputStream in = FirstUse.class.getResourceAsStream("FirstUseSample.class")) {
            bytes = in.readAllBytes();
        }
    }

    @Setup(Level.Invocation)
    public void define() {
        fresh = new Fresh().define(bytes);
    }

    @Benchmark
    @Fork(2)
    @Warmup(iterations = 20)
    @Measurement(iterations = 100)
    public Object stubOfAnotherClass() {
        return stubs.stub(fresh, handler);
    }

    @Benchmark
    @Fork(5)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Object firstStubOfTheJvm() {
        return stubs.stub(fresh, handler);
    }
}
