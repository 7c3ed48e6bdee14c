package org.actium.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.Ports;
import org.actium.simulation.Campaign;
import org.actium.simulation.Explanation;
import org.actium.simulation.Fault;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.Trial;
import org.actium.simulation.Verdict;
import org.actium.simulation.engine.Strategy;
import org.actium.simulation.grid.SimulatedDomain;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.runners.model.Statement;

/** Runs a test under many schedules, with three hosts of one node each; random and PCT of depth three in turns. */
final class SimulatedTest extends Statement {

    /** Property: this seed alone, with the strategy that a failure has printed. */
    private static final String SEED = "conformance.seed";

    private static final String STRATEGY = "conformance.strategy";

    private static final Duration VIRTUAL_TIME = Duration.ofMinutes(10);

    private final Extra extra;
    private final Body body;
    private final Stubs stubs = new StubFactory();

    /** A test method. */
    interface Body {
        void run(World world) throws Throwable;
    }

    SimulatedTest(Extra extra, Body body) {
        this.extra = extra;
        this.body = body;
    }

    private record SimulatedWorld(Simulation simulation, EmbeddedRuntime runtime, Ports ports, List<Node> nodes)
            implements World {
        @Override
        public void breakLinks() {
            simulation.after(Duration.ZERO, new Fault.Reset("here", "there"), new Fault.Reset("here", "yonder"));
        }

        /** One seed of two leaves nothing behind that could tell others. */
        @Override
        public void loseTheOtherSide() {
            Fault.Death death = simulation.seed() / 2 % 2 == 0 ? Fault.Death.NOTICED : Fault.Death.SILENT;
            simulation.after(
                    Duration.ZERO,
                    new Fault.Kill("there", death, Fault.FOREVER),
                    new Fault.Kill("yonder", death, Fault.FOREVER));
        }
    }

    @Override
    public void evaluate() {
        Long only = Long.getLong(SEED);
        if (only == null) {
            Campaign campaign = Campaign.of(this::describe);
            for (long seed = 0; seed < Integer.getInteger("conformance.seeds", Setting.SEEDS); seed++) {
                requirePassed(campaign.trial(seed));
            }
        } else {
            requirePassed(Trial.of(only).strategy(Strategy.of(System.getProperty(STRATEGY, "random"))));
        }
    }

    private void requirePassed(Trial trial) {
        Outcome outcome = Simulation.run(trial, this::describe);
        if (outcome.verdict() != Verdict.PASSED) {
            List<String> text = new ArrayList<>(List.of(outcome.line()));
            Explanation.of(this::describe)
                    .command(
                            red -> "-D" + SEED + "=" + red.seed() + " -D" + STRATEGY + "=" + red.strategy(),
                            "keepingAllEvents() has them")
                    .tell(outcome, text::add);
            throw new AssertionError(String.join("\n", text));
        }
    }

    /** A {@link Scenario}. */
    private void describe(Simulation simulation) {
        SimulatedDomain domain = new SimulatedDomain(stubs);
        BlockingQueue<EmbeddedRuntime> members = new LinkedBlockingQueue<>();
        SimulatedDomain.Program offer = (machine, runtime) -> {
            extra.begin(runtime, machine.transport());
            members.add(runtime);
        };
        simulation
                .host("here", domain.root((machine, runtime) -> {
                    extra.begin(runtime, machine.transport());
                    Node first = runtime.nodeOf(members.take(), "default");
                    Node third = runtime.nodeOf(members.take(), "default");
                    List<Node> nodes = List.of(first, runtime.runtime().defaultNode(), third);
                    run(new SimulatedWorld(simulation, runtime, machine.ports(), nodes));
                    machine.sometimes("test done");
                }))
                .host("there", domain.member(offer))
                .host("yonder", domain.member(offer))
                .expect("test done", 1)
                .virtualTime(VIRTUAL_TIME);
    }

    private void run(World world) throws Exception {
        try {
            body.run(world);
        } catch (Exception | Error failed) {
            throw failed;
        } catch (Throwable odd) {
            throw new AssertionError(odd);
        }
    }
}
