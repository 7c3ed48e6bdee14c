package org.actium.benchmarks.objects;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ObjectHandles;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalService;
import org.actium.service.core.FixedCatalog;
import org.actium.service.core.ServiceTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What technical services cost a call that they let pass: nanoseconds for each one-way call to one object, in a runtime
 * without technical services, and with none, one or four applied to its node. {@link ServiceCost} tells the differences.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ServiceCalls {

    private static final int BATCH = 10_000;

    /** Each service of its own class, as in life. */
    private static final List<Supplier<TechnicalService>> PASSING = List.of(
            () -> new Passing(new Open() {}),
            () -> new Passing(new Open() {}),
            () -> new Passing(new Open() {}),
            () -> new Passing(new Open() {}));

    /** Looks at requests on both sides, and lets them pass. Writes nothing: callers and objects would take it from each other. */
    private abstract static class Open implements MessageInterceptor {

        @Override
        public void departing(RequestView request) {
            look(request);
        }

        @Override
        public Verdict arriving(RequestView request) {
            look(request);
            return Verdict.DELIVER;
        }

        @Override
        public void serving(RequestView request) {
            look(request);
        }

        @Override
        public void served(RequestView request, boolean normally) {
            look(request);
        }

        private static void look(RequestView request) {
            if (request.signature().isEmpty()) {
                throw new IllegalArgumentException("a request for no method: " + request);
            }
        }
    }

    /** Lets every message pass. */
    private record Passing(MessageInterceptor interceptor) implements TechnicalService {
        @Override
        public void apply(Node node, Contributions contributions) {
            contributions.intercept(interceptor);
        }
    }

    /** An object on a node. */
    public abstract static class Prepared {

        private Ours runtime;
        private Calls.Target target;

        /** How many are applied; empty if they are not installed. */
        abstract Optional<Integer> services();

        @Setup
        public void start() {
            runtime = new Ours();
            Node node = runtime.runtime().createNode("measured", Optional.of("measured"));
            services().ifPresent(count -> apply(node, count));
            target = runtime.objects().newActive(Calls.Target.class).on(node).start();
        }

        private void apply(Node node, int count) {
            Map<String, Supplier<TechnicalService>> catalog = new LinkedHashMap<>();
            List<ServiceUse> uses = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                catalog.put("pass" + i, PASSING.get(i));
                uses.add(new ServiceUse("pass" + i, "pass" + i, Map.of()));
            }
            ServiceTable table =
                    new ServiceTable(new FixedCatalog(catalog), runtime.runtime(), runtime.objects(), (ObjectHandles)
                            runtime.objects()); // one object space offers both
            runtime.intercept(table);
            table.apply(node, "benchmark", uses);
        }

        final long call() {
            return call(BATCH);
        }

        final long call(int times) {
            for (int i = 0; i < times; i++) {
                target.take("x");
            }
            return target.count();
        }

        @TearDown
        public void stop() {
            runtime.close();
        }
    }

    /** Without technical services. */
    @State(Scope.Thread)
    public static class NotInstalled extends Prepared {
        @Override
        Optional<Integer> services() {
            return Optional.empty();
        }
    }

    /** With none on the node. */
    @State(Scope.Thread)
    public static class None extends Prepared {
        @Override
        Optional<Integer> services() {
            return Optional.of(0);
        }
    }

    /** With one on the node. */
    @State(Scope.Thread)
    public static class One extends Prepared {
        @Override
        Optional<Integer> services() {
            return Optional.of(1);
        }
    }

    /** With four on the node. */
    @State(Scope.Thread)
    public static class Four extends Prepared {
        @Override
        Optional<Integer> services() {
            return Optional.of(4);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long callNotInstalled(NotInstalled prepared) {
        return prepared.call();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long callNone(None prepared) {
        return prepared.call();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long callOne(One prepared) {
        return prepared.call();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long callFour(Four prepared) {
        return prepared.call();
    }
}
