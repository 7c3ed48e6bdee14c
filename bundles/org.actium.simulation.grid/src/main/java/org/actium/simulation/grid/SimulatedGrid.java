package org.actium.simulation.grid;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjects;
import org.actium.runtime.api.Node;
import org.actium.simulation.Planning;
import org.actium.simulation.Simulation;
import org.actium.simulation.engine.UnsupportedJdkException;
import org.junit.Test;
import org.junit.internal.runners.statements.FailOnTimeout;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * A JUnit rule that runs each test method many times, each time in a simulation of several hosts with another order of
 * threads and messages, and with other hosts dying:
 *
 * <pre>
 *   &#64;Rule public final SimulatedGrid grid = SimulatedGrid.of(3).killing(1);
 *
 *   &#64;Test
 *   public void counts() {
 *       Counter counter = grid.objects().newActive(Counter.class).on(grid.node("h1")).start();
 *       ...
 *   }
 * </pre>
 *
 * The test is the main program, on a host {@code test} that does not die; h1, h2 and so on offer a node each. Time is
 * virtual: waiting costs nothing. A red run tells its seed, and the same seed is the same run again.
 *
 * <p>The test method and its {@code @Before} and {@code @After} run once for each seed, on the same test object: what one
 * run leaves in a field, the next one finds. A time-out rule, if there is one, goes outside: {@code @Rule(order = 1)} for
 * the grid.
 *
 * <p>Properties of the JVM: {@code -Dactium.seed=17} runs this seed alone, {@code -Dactium.strategy=pct:3:512} as it ran
 * when it failed, {@code -Dactium.seeds=1000} as many, {@code -Dactium.seeds.from=random} others than the usual.
 */
public final class SimulatedGrid implements TestRule {

    private static final String JVM_ARGUMENTS =
            "--add-opens java.base/java.lang=ALL-UNNAMED -Djdk.trackAllThreads=false";
    private static final int SEEDS = 50;

    private final List<String> hosts;
    private int seeds = SEEDS;
    private int kills;
    private Duration virtualTime = Duration.ofMinutes(5);

    /** The run in which the test is now; {@code null} before the first one. */
    private volatile GridRun current;

    private SimulatedGrid(int hosts) {
        this.hosts = IntStream.rangeClosed(1, hosts).mapToObj(i -> "h" + i).toList();
    }

    /** So many hosts besides the one of the test: h1, h2 and so on. */
    public static SimulatedGrid of(int hosts) {
        if (hosts < 0) {
            throw new IllegalArgumentException("a grid of " + hosts + " hosts");
        }
        return new SimulatedGrid(hosts);
    }

    /** How often each test runs; 50 times without this. Always with the same seeds, from 0. */
    public SimulatedGrid seeds(int count) {
        seeds = count;
        return this;
    }

    /**
     * In each run so many hosts die for good, each at some moment while the test runs; the seed decides which ones, when,
     * and whether others are told. A run in which none of them died before the test was over is red.
     */
    public SimulatedGrid killing(int count) {
        if (count < 0 || count > hosts.size()) {
            throw new IllegalArgumentException(
                    "killing " + count + " of " + hosts.size() + " hosts; the host of the test does not die");
        }
        kills = count;
        return this;
    }

    /** How long a run lasts before a test that has not ended is said to hang; five minutes without this. */
    public SimulatedGrid virtualTime(Duration most) {
        virtualTime = requireNonNull(most, "most");
        return this;
    }

    @Override
    public Statement apply(Statement test, Description description) {
        return new Statement() {
            @Override
            public void evaluate() {
                refuseWhatCannotBeRun(test, description);
                var conditions = new SeededTest.Conditions(hosts, kills, virtualTime);
                Seeds chosen = Seeds.of(seeds, System::getProperty);
                SeededTest seeded = new SeededTest(
                        test, description.getMethodName(), conditions, chosen.turns(), run -> current = run);
                try {
                    seeded.run(chosen);
                } catch (UnsupportedJdkException refused) {
                    throw withConfiguration(refused);
                }
            }
        };
    }

    private static void refuseWhatCannotBeRun(Statement test, Description description) {
        if (!description.isTest()) {
            throw new IllegalStateException("SimulatedGrid of " + description + " is a @ClassRule; make it a @Rule");
        }
        Test annotation = description.getAnnotation(Test.class);
        if (test instanceof FailOnTimeout || annotation != null && annotation.timeout() > 0) {
            throw new IllegalStateException(
                    "the time-out of " + description + " has JUnit run the test on a thread that is not part of the"
                            + " simulation; remove it, for a test that hangs is noticed anyway, or put a time-out rule"
                            + " outside: @Rule(order = 1) for the grid");
        }
    }

    private static RuntimeException withConfiguration(UnsupportedJdkException refused) {
        return new IllegalStateException("""
                %s
                In the pom.xml of the tests:
                  <plugin>
                    <artifactId>maven-surefire-plugin</artifactId>
                    <configuration>
                      <argLine>%s</argLine>
                    </configuration>
                  </plugin>""".formatted(refused.getMessage(), JVM_ARGUMENTS), refused);
    }

    /** Creates and ends active objects, as the runtime of the test's own host does. */
    public ActiveObjects objects() {
        return run().runtime().objects();
    }

    /** Explicit operations on futures; their limits are virtual time. */
    public Futures futures() {
        return run().runtime().futures();
    }

    /** The node of a host; after the host was started again, the new one. */
    public Node node(String host) {
        return run().node(host);
    }

    /** The nodes of h1, h2 and so on. */
    public List<Node> nodes() {
        return hosts.stream().map(this::node).toList();
    }

    /** {@code grid.kill("h2").after(ofSeconds(3))}: the host dies, and connections to it break. */
    public Planning kill(String host) {
        refuseTheOwn(host);
        return run().simulation().kill(host);
    }

    /** The host stands still; without {@code lasting}, for ever. Others notice after a while that it does not answer. */
    public Planning pause(String host) {
        refuseTheOwn(host);
        return run().simulation().pause(host);
    }

    /** Nothing gets from one host to the other; without {@code lasting}, never again. */
    public Planning partition(String one, String other) {
        return run().simulation().partition(one, other);
    }

    /** For faults of other kinds, and what else a simulation can do while it runs. */
    public Simulation simulation() {
        return run().simulation();
    }

    /** Blocks the test for some virtual time, in which the others go on. */
    public void sleep(Duration time) {
        run().machine().sleep(time);
    }

    /** Virtual time since the test began. */
    public Duration now() {
        return run().now();
    }

    public long seed() {
        return run().simulation().seed();
    }

    /** Random numbers that the seed decides. */
    public RandomGenerator random() {
        return run().random();
    }

    /** The test is red if this is so with none of the seeds: it does not try what it was written for. */
    public void sometimes(String what, boolean happened) {
        run().sometimes(what, happened);
    }

    private static void refuseTheOwn(String host) {
        if (host.equals(GridRun.TEST)) {
            throw new IllegalArgumentException("the host '" + host + "' runs the test itself; choose another one");
        }
    }

    private GridRun run() {
        GridRun run = current;
        if (run == null || !Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("thread " + Thread.currentThread().getName()
                    + " is not part of the simulation: the grid is there in test methods, @Before and @After, and for the"
                    + " thread that runs them");
        }
        return run;
    }
}
