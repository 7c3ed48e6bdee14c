package org.actium.conformance;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.actium.future.api.Futures;
import org.actium.naming.api.Names;
import org.actium.object.api.ActiveObjects;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.actium.testkit.EmbeddedRuntime;
import org.actium.testkit.Eventually;
import org.junit.rules.TestRule;
import org.junit.rules.Timeout;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * The same test in each {@link Setting}. In the simulator the test method runs once for each seed, on a simulated
 * thread: it waits for nothing but active objects, futures and {@link #eventually}, and keeps nothing in its fields.
 */
public final class Grid implements TestRule {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SECONDS_OF_A_TEST = 120;

    private final Setting setting;
    private final Extra extra;
    private World world;

    Grid(Setting setting) {
        this(setting, Extra.NOTHING);
    }

    Grid(Setting setting, Extra extra) {
        this.setting = setting;
        this.extra = extra;
    }

    @Override
    public Statement apply(Statement test, Description description) {
        Statement everywhere = switch (setting) {
            case ONE_RUNTIME -> within(test, () -> EmbeddedWorld.oneRuntime(extra));
            case TWO_RUNTIMES -> within(test, () -> EmbeddedWorld.twoRuntimes(extra));
            case TWO_JVMS -> within(test, () -> EmbeddedWorld.twoJvms(extra));
            case SIMULATOR ->
                new SimulatedTest(extra, simulated -> {
                    world = simulated;
                    test.evaluate();
                });
        };
        return Timeout.seconds(SECONDS_OF_A_TEST).apply(everywhere, description);
    }

    private interface Opening {
        EmbeddedWorld open() throws Exception;
    }

    private Statement within(Statement test, Opening opening) {
        return new Statement() {
            @Override
            public void evaluate() throws Throwable {
                try (EmbeddedWorld opened = opening.open()) {
                    world = opened;
                    test.evaluate();
                }
            }
        };
    }

    EmbeddedRuntime runtime() {
        return world.runtime();
    }

    ActiveObjects objects() {
        return world.runtime().objects();
    }

    Futures futures() {
        return world.runtime().futures();
    }

    Names names() {
        return world.runtime().names();
    }

    /** Where the objects of a test live: on the other side, if there is one. */
    Node node() {
        return node(0);
    }

    /** @param number 0 to 2; 1 is in the runtime of the test */
    Node node(int number) {
        return world.nodes().get(number);
    }

    Time time() {
        return world.ports().time();
    }

    Threads threads() {
        return world.ports().threads();
    }

    /** Blocks until it is true; fails if it is not within 20 s. */
    void eventually(String what, BooleanSupplier condition) {
        new Eventually(time(), PATIENCE).holds(what, condition);
    }

    /** Breaks the connections between both sides; new ones can be made. */
    void breakLinks() {
        world.breakLinks();
    }

    /** Ends the other side, or cuts it off for ever, without a farewell. */
    void loseTheOtherSide() {
        world.loseTheOtherSide();
    }
}
