package org.actium.benchmarks.objects;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ObjectHandles;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What technical services cost a call that they let pass: nanoseconds for each one-way call to one object, by how many
 * interceptors it passes. {@code absent} is a runtime without technical services, {@code 0} one whose node has none.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ServiceCalls {

    private static final int BATCH = 10_000;

    @Param({"absent", "0", "1", "2", "4", "8"})
    public String services;

    private Ours runtime;
    private Calls.Target target;

    /** Lets every message pass. */
    private static final class Passing implements TechnicalService, MessageInterceptor {
        @Override
        public void apply(Node node, Contributions contributions) {
            contributions.intercept(this);
        }
    }

    @Setup
    public void start() {
        runtime = new Ours();
        Node node = runtime.runtime().createNode("measured", Optional.of("measured"));
        if (!services.equals("absent")) {
            apply(node, Integer.parseInt(services));
        }
        target = runtime.objects().newActive(Calls.Target.class).on(node).start();
    }

    private void apply(Node node, int count) {
        Map<String, Supplier<TechnicalService>> catalog = new HashMap<>();
        List<ServiceUse> uses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            catalog.put("pass" + i, Passing::new);
            uses.add(new ServiceUse("pass" + i, "pass" + i, Map.of()));
        }
        ServiceTable table =
                new ServiceTable(new FixedCatalog(catalog), runtime.runtime(), runtime.objects(), (ObjectHandles)
                        runtime.objects()); // one object space offers both
        runtime.intercept(table);
        table.apply(node, "benchmark", uses);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long call() {
        for (int i = 0; i < BATCH; i++) {
            target.take("x");
        }
        return target.count();
    }

    @TearDown
    public void stop() {
        runtime.close();
    }
}
