package org.actium.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.actium.deadlock.DeadlockDetection;
import org.actium.future.api.Futures;
import org.actium.naming.api.Names;
import org.actium.object.api.ActiveObjects;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.CarrierWatch;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.junit.rules.ExternalResource;

/**
 * A JUnit rule that gives a test runtimes of one domain and closes them after it:
 *
 * <pre>
 *   &#64;Rule public final EmbeddedGrid grid = new EmbeddedGrid();
 *
 *   Counter counter = grid.objects().newActive(Counter.class).on(grid.node("h1")).start();
 * </pre>
 *
 * The first runtime is the root; the others join it. All look for deadlocks: the wait of one that takes part in one ends
 * with a {@code DeadlockException}, so that the test fails instead of hanging, unless it says otherwise by {@link
 * EmbeddedRuntime#detectDeadlocks}.
 */
public final class EmbeddedGrid extends ExternalResource {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final DeadlockDetection.Settings DEADLOCKS =
            new DeadlockDetection.Settings(Duration.ofSeconds(1), DeadlockDetection.Policy.FAIL);

    private final List<EmbeddedRuntime> runtimes = new ArrayList<>();
    private final Opened opened = new Opened();
    private SystemTime time;
    private Ports ports; // null unless a test runs

    @Override
    protected void before() {
        opened.add(new CarrierWatch());
        SystemThreads threads = new SystemThreads();
        time = opened.add(new SystemTime(threads));
        ports = new Ports(time, threads, new SystemRandom());
    }

    /** Creates and ends active objects, as the first runtime does; that is {@code test}, unless another was asked for. */
    public ActiveObjects objects() {
        return first().objects();
    }

    /** Explicit operations on futures, as of the first runtime. */
    public Futures futures() {
        return first().futures();
    }

    /** Names of active objects, as the first runtime keeps and looks them up. */
    public Names names() {
        return first().names();
    }

    /**
     * Blocks until the condition is true, for what happens on other threads.
     *
     * @param what the condition in words, for the failure
     * @throws AssertionError if it is not true within 20 s
     */
    public void eventually(String what, BooleanSupplier condition) {
        new Eventually(time, PATIENCE).holds(what, condition);
    }

    /** The default node of the runtime of that name, as the first runtime reaches it. */
    public Node node(String runtime) {
        return first().nodeOf(runtime(runtime), "default");
    }

    private EmbeddedRuntime first() {
        return runtimes.isEmpty() ? runtime("test") : runtimes.getFirst();
    }

    /**
     * The runtime of that name; started, and joined to the first one, when it is first asked for.
     *
     * @throws IllegalStateException if no test runs
     */
    public EmbeddedRuntime runtime(String name) {
        for (EmbeddedRuntime runtime : runtimes) {
            if (runtime.runtime().name().equals(name)) {
                return runtime;
            }
        }
        if (ports == null) {
            throw new IllegalStateException("the grid starts no runtime '" + name
                    + "' before or after a test: it has to be a public field with @Rule, "
                    + "and is asked from a test or @Before");
        }
        EmbeddedRuntime started = opened.add( // also if it cannot join
                new EmbeddedRuntime(name, ports, new TcpTransport(ports.threads()), new Endpoint("127.0.0.1", 0)));
        started.detectDeadlocks(DEADLOCKS, _ -> {});
        if (!runtimes.isEmpty()) {
            started.join(runtimes.getFirst());
        }
        runtimes.add(started);
        return started;
    }

    @Override
    protected void after() {
        ports = null;
        runtimes.clear();
        opened.close();
    }
}
