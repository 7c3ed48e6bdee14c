package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.FaultKind;
import org.actium.simulation.Machine;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.network.Delay;
import org.actium.simulation.network.LinkQuality;
import org.actium.simulation.network.NetworkConditions;
import org.actium.simulation.oracle.CausalOracle;
import org.actium.simulation.oracle.ExactlyOnceOracle;
import org.actium.simulation.oracle.FifoOracle;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;

/**
 * Rumours spread one-way over four hosts, on a network on which some frames take ten or a hundred times as long as
 * others. Faults, if there are any, are hosts that stand still for less than it takes to be given up. Where the nodes ask
 * for FIFO only, rumours may overtake those they follow from, and it is noted whether one did.
 */
final class CausalScenario implements Scenario {

    private static final int HOSTS = 4;
    private static final int MOST_GOSSIPS = 5;
    private static final int FEWEST_RUMOURS = 4;
    private static final int MOST_RUMOURS = 8;
    private static final int MOST_HOPS = 6;
    private static final String ORDERING = "actium.ordering";
    private static final String MAIN = "h1/main";

    private static final NetworkConditions UNEVEN =
            NetworkConditions.LAN.quality(LinkQuality.LAN.delay(new Delay.HeavyTail(ofMillis(1), ofMillis(10))));

    private final Stubs stubs = new StubFactory();

    private final int faults;
    private final boolean fifoOnly;

    CausalScenario(int faults) {
        this(faults, false);
    }

    private CausalScenario(int faults, boolean fifoOnly) {
        this.faults = faults;
        this.fifoOnly = fifoOnly;
    }

    static CausalScenario withFifoOnly(int faults) {
        return new CausalScenario(faults, true);
    }

    /** Does not mind what is against causal order, but sees it. */
    private static final class Overtaking implements Oracle {

        private final CausalOracle strict = new CausalOracle();
        private boolean seen;

        @Override
        public Optional<String> observe(Observation observation) {
            seen |= strict.observe(observation).isPresent();
            return Optional.empty();
        }
    }

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Settling settling = new Settling();
        Overtaking overtaking = new Overtaking();
        Stage.set(simulation, stubs, HOSTS, stage -> {
            if (fifoOnly) {
                stage.places().forEach(place -> place.node().setProperty(ORDERING, "fifo"));
            }
            spread(stage, random);
            settling.await(stage.machine());
            if (fifoOnly) {
                stage.places().forEach(place -> place.node().removeProperty(ORDERING));
            }
            if (overtaking.seen) {
                stage.machine().sometimes("effect before its cause");
            }
        });
        simulation
                .network(UNEVEN)
                .watch(settling)
                .watch(new ExactlyOnceOracle())
                .watch(new FifoOracle())
                .watch(fifoOnly ? overtaking : new CausalOracle())
                .expect("rumour heard", 10) // half of the fewest in 1000 runs
                .virtualTime(Settling.PATIENCE.multipliedBy(2));
        if (faults > 0) {
            simulation.chaos(FaultBudget.none(faults, ofSeconds(1))
                    .most(FaultKind.PAUSE, faults)
                    .shortest(ofMillis(1))
                    .longest(ofSeconds(1)));
        }
    }

    private void spread(Stage stage, RandomGenerator random) {
        List<Gossip.Friend> friends = new ArrayList<>();
        List<Place> places = stage.places();
        for (int number = random.nextInt(3, MOST_GOSSIPS + 1); number > 0; number--) {
            Place place = places.get(random.nextInt(places.size()));
            String name = place.name() + "/g" + number;
            friends.add(new Gossip.Friend(name, stage.create(Gossip.class, place, name)));
        }
        friends.forEach(friend -> friend.gossip().meet(friends));
        if (fifoOnly) { // nothing else keeps a rumour from coming before the meeting
            friends.forEach(
                    friend -> stage.machine().note("has met " + friend.gossip().friends(), friend.name()));
        }
        for (int number = random.nextInt(FEWEST_RUMOURS, MOST_RUMOURS + 1); number > 0; number--) {
            Gossip.Rumour rumour = rumour(Integer.toString(number), random);
            switch (random.nextInt(4)) {
                case 0 -> {
                    confide(stage.machine(), anyOf(friends, random), rumour);
                    tell(stage.machine(), anyOf(friends, random), rumour(number + " after that", random));
                    tell(stage.machine(), anyOf(friends, random), rumour(number + " at last", random));
                }
                case 1 -> {
                    tell(stage.machine(), anyOf(friends, random), rumour(number + " before that", random));
                    raise(stage, anyOf(places, random), friends, rumour);
                }
                default -> tell(stage.machine(), anyOf(friends, random), rumour);
            }
        }
    }

    private static Gossip.Rumour rumour(String name, RandomGenerator random) {
        return new Gossip.Rumour(MAIN + ">" + name, "", random.nextInt(1, MOST_HOPS + 1), random.nextLong());
    }

    private static void tell(Machine machine, Gossip.Friend friend, Gossip.Rumour rumour) {
        machine.observe(new Observation.Sent(MAIN, friend.name(), rumour.name()));
        friend.gossip().hear(rumour);
    }

    /** Waits until the friend has spread it: what is told after that comes after it, whether he said so or failed. */
    private static void confide(Machine machine, Gossip.Friend friend, Gossip.Rumour rumour) {
        String answer = "answer to " + rumour.name();
        machine.observe(new Observation.Sent(MAIN, friend.name(), rumour.name()));
        try {
            friend.gossip().confide(rumour, answer);
            machine.sometimes("secret told");
        } catch (Gossip.TiredException tired) {
            machine.sometimes("secret told until tired");
        }
        machine.observe(new Observation.Served(MAIN, answer));
        machine.observe(new Observation.Applied(answer));
    }

    /** A new one, who spreads it before anybody can tell him anything: what was told before comes before that. */
    private static void raise(Stage stage, Place place, List<Gossip.Friend> friends, Gossip.Rumour rumour) {
        String name = place.name() + "/child of " + rumour.name();
        stage.machine().observe(new Observation.Sent(MAIN, "cradle of " + name, rumour.name()));
        stage.create(Gossip.class, place, name, friends, rumour);
        stage.machine().sometimes("child raised");
    }

    private static <T> T anyOf(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
