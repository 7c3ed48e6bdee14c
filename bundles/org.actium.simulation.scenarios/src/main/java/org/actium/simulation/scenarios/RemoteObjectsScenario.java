package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Registration;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.Machine;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.ExactlyOnceOracle;
import org.actium.simulation.oracle.LeakOracle;
import org.actium.simulation.oracle.Observation;
import org.actium.testkit.EmbeddedRuntime;

/**
 * Threads of one host call a plain object of another, over and over, while the link breaks. Every call ends; what it
 * asks for is done once if it returns, never if it was not sent, at most once otherwise.
 */
final class RemoteObjectsScenario implements Scenario {

    private static final int HOSTS = 2;
    private static final int CALLS = 30;
    private static final Duration JOINED = ofMillis(500);
    private static final Duration LASTING = ofSeconds(5);
    private static final String NAME = "register";
    private static final String CALL = "remote call";

    private final Stubs stubs = new StubFactory();

    private final FaultBudget[] faults;

    RemoteObjectsScenario(FaultBudget... faults) {
        this.faults = faults.clone();
    }

    /** What is offered. */
    public interface Register {
        /** @return the same word */
        String write(String word);
    }

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Stage.set(simulation, stubs, HOSTS, stage -> run(stage, random));
        simulation
                .watch(new ExactlyOnceOracle())
                .watch(new LeakOracle())
                .expect("remote call returned", 27) // half of the fewest in 1000 runs
                .virtualTime(Settling.PATIENCE);
        for (FaultBudget budget : faults) {
            simulation.chaos(budget.from(JOINED).sparing("h1"));
        }
    }

    private static void run(Stage stage, RandomGenerator random) throws InterruptedException {
        int callers = random.nextInt(2, 5);
        CountDownLatch calling = new CountDownLatch(callers);
        EmbeddedRuntime target = stage.runtimes().getLast();
        Registration offer = target.remoteObjects().export(Register.class, NAME, word -> {
            Machine.current().observe(new Observation.Applied(word));
            return word;
        });
        Register register = stage.runtime().remoteObjects().at(target.links().self(), Register.class, NAME);
        for (int caller = 1; caller <= callers; caller++) {
            String name = "h1/r" + caller;
            Duration rest = LASTING.dividedBy(random.nextLong(CALLS / 2, CALLS));
            stage.machine().ports().threads().start(name, () -> {
                for (int call = 1; call <= CALLS; call++) {
                    write(stage.machine(), register, name, target.runtime().name(), name + "#" + call);
                    stage.machine().sleep(rest);
                }
                calling.countDown();
            });
        }
        calling.await();
        offer.close();
    }

    private static void write(Machine machine, Register register, String caller, String host, String word) {
        machine.observe(new Observation.Sent(caller, host + "/" + NAME, word));
        machine.observe(new Observation.Opened(CALL, word));
        try {
            String read = register.write(word);
            if (!read.equals(word)) {
                machine.fail(word + " was answered with " + read);
            }
            machine.sometimes("remote call returned");
        } catch (UnreachableException notSent) {
            machine.observe(new Observation.Refused(word));
            machine.sometimes("remote call not sent");
        } catch (LinkClosedException unknown) {
            machine.observe(new Observation.GivenUp(word));
            machine.sometimes("remote call with unknown outcome");
        }
        machine.observe(new Observation.Closed(CALL, word));
    }
}
