package org.actium.simulation.scenarios;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.CausalOracle;
import org.actium.simulation.oracle.ExactlyOnceOracle;
import org.actium.simulation.oracle.FifoOracle;
import org.actium.simulation.oracle.LeakOracle;
import org.actium.simulation.oracle.SetOnceOracle;

/**
 * Callers and workers all over four hosts. The main program is on the first one, which no fault stops; the others join
 * before the faults begin.
 */
final class CallsScenario implements Scenario {

    private static final int HOSTS = 4;
    private static final Duration JOINED = ofSeconds(1);
    private static final Duration LASTING = ofSeconds(4);

    private static final Duration LINKED = JOINED.plusMillis(200);

    private final Stubs stubs = new StubFactory();

    private final List<FaultBudget> faults;

    /** @param faults when and what; without any, all calls succeed, and there are no rests in between */
    CallsScenario(FaultBudget... faults) {
        this.faults = Stream.of(faults)
                .filter(budget -> budget.faults() > 0)
                .map(budget -> budget.from(LINKED).sparing("h1"))
                .toList();
    }

    /** Any kinds of faults, while the calls go on. */
    static FaultBudget during(int count) {
        return FaultBudget.none(Math.max(0, count), JOINED.plus(LASTING));
    }

    private boolean isFaulty() {
        return !faults.isEmpty();
    }

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Settling settling = new Settling();
        Stage.set(simulation, stubs, HOSTS, stage -> new Workload(stage, random, settling).run());
        simulation
                .watch(settling)
                .watch(new ExactlyOnceOracle())
                .watch(new FifoOracle())
                .watch(new SetOnceOracle())
                .watch(new LeakOracle())
                .expect("request served", isFaulty() ? 14 : 18) // half of the fewest in 1000 runs
                .virtualTime(Settling.PATIENCE.multipliedBy(2));
        if (isFaulty()) {
            faults.forEach(simulation::chaos);
        } else {
            simulation.watch(new CausalOracle());
        }
    }

    private final class Workload {

        private final Stage stage;
        private final RandomGenerator random;
        private final Settling settling;
        private final List<Peer> peers = new ArrayList<>();
        private int created;
        private int turn;

        Workload(Stage stage, RandomGenerator random, Settling settling) {
            this.stage = stage;
            this.random = random;
            this.settling = settling;
        }

        void run() {
            for (int workers = stage.size("workers", random.nextInt(HOSTS, 8), 1); workers > 0; workers--) {
                Place place = nextPlace();
                String name = place.name() + "/w" + ++created;
                Worker worker = stage.create(Worker.class, place, name);
                peers.add(new Peer(name, created, worker));
            }
            peers.forEach(peer -> peer.worker().meet(peers, peer.rank(), isFaulty()));
            List<Caller> callers = new ArrayList<>();
            turn = 0;
            for (int count = stage.size("callers", random.nextInt(HOSTS - 1, 5), 1); count > 0; count--) {
                Place place = nextPlace();
                String name = place.name() + "/c" + ++created;
                callers.add(stage.create(Caller.class, place, name));
            }
            if (isFaulty()) {
                stage.machine().sleep(JOINED.minus(stage.machine().now()));
            }
            List<Receipt> done =
                    callers.stream().map(caller -> caller.run(errand())).toList();
            callThem();
            done.forEach(this::await);
            if (isFaulty()) {
                stage.machine().sleep(JOINED.plus(LASTING).minus(stage.machine().now()));
            }
            stage.newcomers().forEach(this::greet);
            settling.await(stage.machine());
        }

        /** As one who is no active object. */
        private void callThem() {
            Voice voice = new Voice("h1/main", isFaulty());
            for (Peer peer : peers) {
                voice.hear(voice.ask(peer, Content.data(random), 0, 0));
                voice.tell(peer, Content.data(random), 0, 0);
            }
            voice.readAgain();
        }

        private Errand errand() {
            return new Errand(
                    peers,
                    stage.size("calls of a caller", random.nextInt(3, 15), 1),
                    isFaulty() ? LASTING : Duration.ZERO,
                    isFaulty(),
                    random.nextLong());
        }

        private void await(Receipt done) {
            try {
                done.text();
            } catch (ActiveObjectException lost) {
                stage.machine().sometimes("caller lost");
                if (!isFaulty()) {
                    stage.machine().fail("a caller failed although nothing else did: " + lost);
                }
            }
        }

        /** A host that came back serves like any other. */
        private void greet(Place place) {
            Voice voice = new Voice("h1/greeter", true);
            try {
                String name = place.name() + "/w" + ++created;
                Worker worker = stage.create(Worker.class, place, name);
                Peer newcomer = new Peer(name, created, worker);
                worker.meet(List.of(newcomer), created, true);
                voice.hear(voice.ask(newcomer, Content.data(random), 0, 0));
                stage.machine().sometimes("newcomer greeted");
            } catch (ActiveObjectException gone) {
                stage.machine().sometimes("newcomer lost");
            }
        }

        /** Each place once, then any: there is something everywhere. */
        private Place nextPlace() {
            List<Place> places = stage.places();
            return places.get(turn < places.size() ? turn++ : random.nextInt(places.size()));
        }
    }
}
