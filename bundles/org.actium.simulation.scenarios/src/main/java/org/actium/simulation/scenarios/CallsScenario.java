package org.actium.simulation.scenarios;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.grid.SimulatedDomain;
import org.actium.simulation.oracle.CausalOracle;
import org.actium.simulation.oracle.ExactlyOnceOracle;
import org.actium.simulation.oracle.FifoOracle;
import org.actium.simulation.oracle.LeakOracle;
import org.actium.simulation.oracle.SetOnceOracle;

/**
 * Callers and workers all over some hosts. The main program is on the first one, which no fault stops; the others join
 * before the faults begin.
 */
final class CallsScenario implements Scenario {

    private static final Duration JOINED = ofSeconds(1);
    private static final Duration LASTING = ofSeconds(4);

    private static final Duration LINKED = JOINED.plusMillis(200);

    private final Stubs stubs = new StubFactory();

    private final Scale scale;
    private final boolean harmful;
    private final List<FaultBudget> faults;

    /** Of that many hosts; measured when it is first needed. */
    private Optional<Footprint> footprint = Optional.empty();

    /**
     * How many there are of everything.
     *
     * @param workers fewer than so many, but one for each host
     * @param callers fewer than so many, but one for each host except the first
     * @param acquaintances how many workers one who calls knows, at the most
     * @param copies whether messages are passed as copies
     */
    record Scale(int hosts, int workers, int callers, int acquaintances, boolean copies) {

        static final Scale USUAL = new Scale(4, 8, 5, Integer.MAX_VALUE, false);

        /** Hundreds of objects: encoding what they say would take most of the time. */
        static final Scale CROWD = new Scale(20, 250, 80, 8, true);

        Scale encoded() {
            return new Scale(hosts, workers, callers, acquaintances, false);
        }
    }

    /** @param faults when and what; without any, all calls succeed, and there are no rests in between */
    CallsScenario(FaultBudget... faults) {
        this(Scale.USUAL, faults);
    }

    CallsScenario(Scale scale, FaultBudget... faults) {
        this(scale, true, faults);
    }

    /** Although there are faults, all calls succeed, and in causal order. */
    static CallsScenario unharmedBy(FaultBudget... faults) {
        return new CallsScenario(Scale.USUAL, false, faults);
    }

    private CallsScenario(Scale scale, boolean harmful, FaultBudget... faults) {
        this.scale = scale;
        this.harmful = harmful;
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

    /** Whether calls may fail. */
    private boolean isHarmed() {
        return harmful && isFaulty();
    }

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Settling settling = new Settling();
        SimulatedDomain domain = scale.copies() ? SimulatedDomain.passingCopies(stubs) : new SimulatedDomain(stubs);
        Stage.set(simulation, domain, scale.hosts(), footprint(), stage -> new Workload(stage, random, settling).run());
        simulation
                .watch(settling)
                .watch(new ExactlyOnceOracle())
                .watch(new FifoOracle())
                .watch(new SetOnceOracle())
                .watch(new LeakOracle())
                .expect("request served", isFaulty() ? 14 : 18) // half of the fewest in 1000 runs
                .virtualTime(Settling.PATIENCE.multipliedBy(2));
        faults.forEach(simulation::chaos);
        if (!isHarmed()) {
            simulation.watch(new CausalOracle());
        }
    }

    private Footprint footprint() {
        if (scale.hosts() == Scale.USUAL.hosts()) {
            return Stage.usual();
        }
        Footprint known = footprint.orElseGet(() -> Footprint.of(scale.hosts()));
        footprint = Optional.of(known);
        return known;
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
            for (int workers = stage.size("workers", random.nextInt(scale.hosts(), scale.workers()), 1);
                    workers > 0;
                    workers--) {
                Place place = nextPlace();
                String name = place.name() + "/w" + ++created;
                Worker worker = stage.create(Worker.class, place, name);
                peers.add(new Peer(name, created, worker));
            }
            peers.forEach(peer -> peer.worker().meet(acquaintances(), peer.rank(), isHarmed()));
            List<Caller> callers = new ArrayList<>();
            turn = 0;
            for (int count = stage.size("callers", random.nextInt(scale.hosts() - 1, scale.callers()), 1);
                    count > 0;
                    count--) {
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
            Voice voice = new Voice("h1/main", isHarmed());
            for (Peer peer : peers) {
                voice.hear(voice.ask(peer, Content.data(random), 0, 0));
                voice.tell(peer, Content.data(random), 0, 0);
            }
            voice.readAgain();
        }

        /** All workers, or some of a crowd. */
        private List<Peer> acquaintances() {
            if (peers.size() <= scale.acquaintances()) {
                return peers;
            }
            return Stream.generate(() -> peers.get(random.nextInt(peers.size())))
                    .distinct()
                    .limit(scale.acquaintances())
                    .toList();
        }

        private Errand errand() {
            return new Errand(
                    acquaintances(),
                    stage.size("calls of a caller", random.nextInt(3, 15), 1),
                    isFaulty() ? LASTING : Duration.ZERO,
                    isHarmed(),
                    random.nextLong());
        }

        private void await(Receipt done) {
            try {
                done.text();
            } catch (ActiveObjectException lost) {
                stage.machine().sometimes("caller lost");
                if (!isHarmed()) {
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
