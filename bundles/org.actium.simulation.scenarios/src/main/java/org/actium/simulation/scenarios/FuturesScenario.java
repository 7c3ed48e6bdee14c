package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.actium.object.api.Termination;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.LeakOracle;
import org.actium.simulation.oracle.SetOnceOracle;

/**
 * Buyers on three hosts wait for what clerks promise: for one, any, some or all, with and without a limit, by
 * transparent futures and by those of the JDK, which clerks complete late and buyers by hand. A clerk may end meanwhile.
 */
final class FuturesScenario implements Scenario {

    private static final int HOSTS = 3;
    private static final int MOST_EACH = 3;
    private static final int FEWEST_ROUNDS = 5;
    private static final int MOST_ROUNDS = 10;
    private static final int SOON_MILLIS = 60;

    private final Stubs stubs = new StubFactory();

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Settling settling = new Settling();
        Stage.set(simulation, stubs, HOSTS, stage -> {
            run(stage, random);
            settling.await(stage.machine());
        });
        simulation
                .watch(settling)
                .watch(new SetOnceOracle())
                .watch(new LeakOracle())
                .expect("request served", 2) // what each buyer asks for at last
                .virtualTime(Settling.PATIENCE.multipliedBy(2));
    }

    private static void run(Stage stage, RandomGenerator random) {
        List<Clerk> clerks = some(stage, random, Clerk.class, "clerk");
        List<Buyer.Witness> witnesses = some(stage, random, Buyer.Witness.class, "witness");
        List<Clerk> leaver = random.nextBoolean()
                ? List.of(stage.create(Clerk.class, stage.places().getFirst(), "h1/leaver"))
                : List.of();
        List<Receipt> done = new ArrayList<>();
        for (Buyer buyer : some(stage, random, Buyer.class, "buyer")) {
            int rounds = random.nextInt(FEWEST_ROUNDS, MOST_ROUNDS + 1);
            List<Clerk> mayLeave = done.isEmpty() ? leaver : List.of();
            done.add(buyer.buy(new Buyer.Task(clerks, mayLeave, witnesses, rounds, random.nextLong())));
        }
        for (Clerk clerk : leaver) {
            Termination when = random.nextBoolean() ? Termination.NOW : Termination.AFTER_QUEUE;
            stage.later(
                    ofMillis(random.nextInt(SOON_MILLIS)),
                    () -> stage.runtime().objects().terminate(clerk, when));
        }
        done.forEach(Receipt::text);
    }

    private static <T> List<T> some(Stage stage, RandomGenerator random, Class<T> type, String name) {
        List<T> some = new ArrayList<>();
        for (int number = random.nextInt(1, MOST_EACH + 1); number > 0; number--) {
            Place place = stage.places().get(random.nextInt(stage.places().size()));
            some.add(stage.create(type, place, place.name() + "/" + name + number));
        }
        return some;
    }
}
