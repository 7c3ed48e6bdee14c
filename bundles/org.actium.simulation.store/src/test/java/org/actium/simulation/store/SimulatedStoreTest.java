package org.actium.simulation.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.actium.ft.store.api.Store;
import org.actium.simulation.Campaign;
import org.actium.simulation.Machine;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.Verdict;
import org.actium.simulation.disk.SimulatedDisk;
import org.actium.testkit.StoreContract;
import org.junit.Rule;
import org.junit.rules.TestRule;
import org.junit.rules.Timeout;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/** The model is held to what the real store does; each test runs under several schedules. */
public class SimulatedStoreTest extends StoreContract {

    private static final int SEEDS = 20;

    @Rule(order = 0)
    public final Timeout deadline = Timeout.seconds(60);

    @Rule(order = 1)
    public final TestRule simulated = this::onAHost;

    private Machine machine;

    private Statement onAHost(Statement test, Description description) {
        Scenario scenario = simulation -> simulation
                .host("h1", booted -> {
                    machine = booted;
                    evaluate(test);
                    booted.sometimes("test done");
                })
                .expect("test done", 1);
        return new Statement() {
            @Override
            public void evaluate() {
                Campaign campaign = Campaign.of(scenario);
                for (long seed = 0; seed < SEEDS; seed++) {
                    Outcome outcome = Simulation.run(campaign.trial(seed).keepingEvents(50), scenario);
                    assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
                }
            }
        };
    }

    private static void evaluate(Statement test) throws Exception {
        try {
            test.evaluate();
        } catch (Exception | Error failed) {
            throw failed;
        } catch (Throwable odd) {
            throw new AssertionError(odd);
        }
    }

    @Override
    protected Store open() {
        return SimulatedStore.open(machine.disk(), machine.ports().threads());
    }

    @Override
    protected Store openAfterCrash() {
        ((SimulatedDisk) machine.disk()).crash();
        return open();
    }
}
