package org.actium.simulation.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.ExactlyOnceOracle;

/** Objects declare a method immediate, and then queued again, while it is called from everywhere. */
final class ImmediateScenario implements Scenario {

    private static final int HOSTS = 3;
    private static final int MOST_GATES = 3;
    private static final int FEWEST_PUSHERS = 3;
    private static final int MOST_PUSHERS = 4;
    private static final int FEWEST_PUSHES = 2;
    private static final int MOST_PUSHES = 8;
    private static final int MOST_HOLDS = 6;

    private final Stubs stubs = new StubFactory();

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Stage.set(simulation, stubs, HOSTS, stage -> run(stage, random));
        simulation
                .watch(new ExactlyOnceOracle())
                .expect("gate pushed", 3) // half of the fewest in 1000 runs
                .virtualTime(Settling.PATIENCE);
    }

    private static void run(Stage stage, RandomGenerator random) {
        List<Receipt> done = new ArrayList<>();
        for (int gates = random.nextInt(1, MOST_GATES + 1); gates > 0; gates--) {
            Place place = anyOf(stage.places(), random);
            String name = place.name() + "/g" + gates;
            Gate gate = stage.create(Gate.class, place, name);
            int all = 0;
            for (int pushers = random.nextInt(FEWEST_PUSHERS, MOST_PUSHERS + 1); pushers > 0; pushers--) {
                Place from = anyOf(stage.places(), random);
                Gate.Pusher pusher = stage.create(Gate.Pusher.class, from, from.name() + "/p" + gates + "." + pushers);
                int times = random.nextInt(FEWEST_PUSHES, MOST_PUSHES + 1);
                done.add(pusher.push(gate, name, times));
                all += times;
            }
            long until = 0;
            for (int holds = random.nextInt(1, MOST_HOLDS + 1); holds > 0; holds--) {
                until = random.nextLong(until, all + 1L);
                gate.hold(until, random.nextInt(3) == 0);
            }
        }
        done.forEach(Receipt::text);
    }

    private static <T> T anyOf(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
