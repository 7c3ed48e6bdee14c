package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.ObjectInfo;
import org.actium.object.api.Termination;
import org.actium.object.spi.Stubs;
import org.actium.runtime.api.Node;
import org.actium.simulation.Machine;
import org.actium.simulation.Simulation;
import org.actium.simulation.grid.SimulatedDomain;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;
import org.actium.testkit.EmbeddedRuntime;

/**
 * Whole runtimes on the hosts of a run, as the main program on the first of them sees them. When it returns, its active
 * objects are ended, and each runtime that is alive gets back to the length its tables have when there is nothing to do;
 * then all are closed, and nothing may be left of them.
 */
final class Stage {

    private static final String DONE = "main program ended";

    private static final String NODE = "default";

    /** Pauses, partitions and what others notice of them are over after that. */
    private static final Duration PATIENCE = ofSeconds(90);

    /** Longer than anybody thinks. */
    private static final Duration IDLE = ofSeconds(2);

    private static final Duration FIRST_LOOK = ofMillis(100);

    private final Simulation simulation;
    private final Machine machine;
    private final EmbeddedRuntime runtime;
    private final Cast cast;
    private final List<Place> places = new ArrayList<>();
    private final List<Member> entered = new ArrayList<>();
    private final List<Object> objects = new ArrayList<>();
    private boolean closed;

    /** A runtime that has joined. */
    private record Member(String place, EmbeddedRuntime runtime) {}

    /** Who has joined and was not seen yet by the main program, and who is dead. */
    private static final class Cast implements Oracle {

        private final BlockingQueue<Member> arrived = new LinkedBlockingQueue<>();
        private final Set<String> dead = new HashSet<>();

        @Override
        public Optional<String> observe(Observation observation) {
            if (observation instanceof Observation.Died(String place)) {
                dead.add(place);
            }
            return Optional.empty();
        }
    }

    /** What the first host does once all others have joined. */
    @FunctionalInterface
    interface Main {
        void run(Stage stage) throws Exception;
    }

    private Stage(Simulation simulation, Machine machine, EmbeddedRuntime runtime, Cast cast) {
        this.simulation = simulation;
        this.machine = machine;
        this.runtime = runtime;
        this.cast = cast;
        places.add(new Place(machine.place(), runtime.runtime().node(NODE).orElseThrow()));
        entered.add(new Member(machine.place(), runtime));
    }

    /**
     * Gives the simulation hosts h1, h2 …; the first runs the main program and must be spared by faults.
     *
     * @param stubs those of other runs, too
     * @param hosts four at the most; a failure is tried again with two, so that no planned fault may name the others
     */
    static void set(Simulation simulation, Stubs stubs, int hosts, Main main) {
        set(simulation, new SimulatedDomain(stubs), hosts, usual(), main);
    }

    /** How long tables are among four hosts. Asked for before a run: within one no other one can be run. */
    static Footprint usual() {
        return Usual.FOOTPRINT;
    }

    /**
     * @param hosts any number
     * @param usual as measured with so many hosts, or more
     */
    static void set(Simulation simulation, SimulatedDomain domain, int hosts, Footprint usual, Main main) {
        int staged = simulation.size("hosts", hosts, 2);
        set(simulation, domain, staged, main, stage -> stage.awaitPeace(usual));
    }

    /** For a run that finds out how long tables are: nobody knows yet. */
    static void setWithoutMeasure(Simulation simulation, SimulatedDomain domain, int hosts, Main main) {
        set(simulation, domain, hosts, main, stage -> {});
    }

    /** Measured when it is first needed. */
    private static final class Usual {
        private static final Footprint FOOTPRINT = Footprint.of(4);
    }

    private static void set(
            Simulation simulation, SimulatedDomain domain, int hosts, Main main, Consumer<Stage> aftermath) {
        Cast cast = new Cast();
        AtomicBoolean ended = new AtomicBoolean();
        simulation.host("h1", domain.root((machine, runtime) -> {
            Stage stage = new Stage(simulation, machine, runtime, cast);
            for (int others = hosts - 1; others > 0; others--) {
                stage.enter(cast.arrived.take());
            }
            main.run(stage);
            machine.sometimes(DONE);
            if (!stage.closed) {
                aftermath.accept(stage);
                domain.end();
                stage.newcomers();
                stage.closeAll();
            }
            ended.set(true);
        }));
        for (int i = 2; i <= hosts; i++) {
            simulation.host(
                    "h" + i,
                    domain.member((machine, runtime) -> cast.arrived.add(new Member(machine.place(), runtime))));
        }
        simulation.watch(cast).watch(new EndOracle(simulation, ended::get));
    }

    /** Ends all objects and waits until no table is longer than that; if one stays so, the run fails. */
    private void awaitPeace(Footprint usual) {
        Duration limit = machine.now().plus(PATIENCE);
        newcomers();
        requireOneOfEach();
        awaitIdle(limit);
        Duration pause = FIRST_LOOK;
        List<String> left;
        do {
            newcomers();
            endObjects();
            machine.sleep(pause);
            pause = pause.multipliedBy(2);
            left = leftBehind(usual);
        } while (!left.isEmpty() && machine.now().compareTo(limit) < 0);
        if (!left.isEmpty()) {
            machine.fail("something is left in tables although there is nothing to do any more:\n  "
                    + String.join("\n  ", left));
        }
    }

    /** As long as others may be busy or stand still: see {@link #awaitIdle(Duration)}. */
    void awaitIdle() {
        awaitIdle(machine.now().plus(PATIENCE));
    }

    /** Until nobody has served anything for a while: who is in the middle of something may send to one that has ended. */
    private void awaitIdle(Duration limit) {
        List<ObjectInfo> before;
        List<ObjectInfo> now = objectsAlive();
        do {
            before = now;
            machine.sleep(IDLE);
            now = objectsAlive();
        } while (!now.equals(before) && machine.now().compareTo(limit) < 0);
    }

    private List<ObjectInfo> objectsAlive() {
        return entered.stream()
                .filter(member -> !cast.dead.contains(member.place()))
                .flatMap(member -> member.runtime().objects().objects().stream())
                .toList();
    }

    /** No active object lives twice. */
    private void requireOneOfEach() {
        Map<String, String> places = new TreeMap<>();
        for (Member member : entered) {
            if (!cast.dead.contains(member.place())) {
                member.runtime().objects().objects().forEach(object -> {
                    String other = places.putIfAbsent(object.id().toString(), member.place());
                    if (other != null) {
                        machine.fail(
                                "active object " + object.id() + " lives on " + other + " and on " + member.place());
                    }
                });
            }
        }
    }

    private List<String> leftBehind(Footprint usual) {
        return entered.stream()
                .filter(member -> !cast.dead.contains(member.place()))
                .flatMap(member ->
                        usual.exceededBy(member.runtime()).stream().map(table -> member.place() + " " + table))
                .toList();
    }

    private Place enter(Member member) {
        Node node = runtime.nodeOf(member.runtime(), NODE);
        Place place = new Place(member.place(), node);
        places.add(place);
        entered.add(member);
        return place;
    }

    Machine machine() {
        return machine;
    }

    EmbeddedRuntime runtime() {
        return runtime;
    }

    /** An active object there, with that name. */
    <T> T create(Class<T> type, Place place, String name, Object... arguments) {
        T object = runtime.objects()
                .newActive(type, arguments)
                .named(name)
                .on(place.node())
                .start();
        objects.add(object);
        return object;
    }

    /** All that were ever there, this host first. */
    List<Place> places() {
        return List.copyOf(places);
    }

    /** Their runtimes, in the same order. */
    List<EmbeddedRuntime> runtimes() {
        return entered.stream().map(Member::runtime).toList();
    }

    /** Does something after some time, unless this host dies. */
    void later(Duration delay, Runnable task) {
        machine.ports().time().after(delay, task);
    }

    /** How many there are of something; a failure is tried again with fewer, but not with fewer than so many. */
    int size(String what, int drawn, int least) {
        return simulation.size(what, drawn, least);
    }

    /** Has all objects that were made here serve what they have, and end; those that cannot be reached are left alone. */
    void endObjects() {
        objects.forEach(object -> {
            try {
                runtime.objects().terminate(object, Termination.AFTER_QUEUE);
            } catch (ActiveObjectException unreachable) {
                machine.note("cannot end", unreachable.getClass().getSimpleName());
            }
        });
    }

    void closeAll() {
        entered.forEach(member -> {
            if (!cast.dead.contains(member.place())) {
                member.runtime().close();
            }
        });
        closed = true;
    }

    /** Hosts that have come back since this was asked last. */
    List<Place> newcomers() {
        List<Place> newcomers = new ArrayList<>();
        for (Member member = cast.arrived.poll(); member != null; member = cast.arrived.poll()) {
            newcomers.add(enter(member));
        }
        return newcomers;
    }
}
