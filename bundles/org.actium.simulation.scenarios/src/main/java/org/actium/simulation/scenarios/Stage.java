package org.actium.simulation.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actium.runtime.api.Node;
import org.actium.simulation.Machine;
import org.actium.simulation.Simulation;
import org.actium.simulation.grid.SimulatedDomain;
import org.actium.testkit.EmbeddedRuntime;

/** Whole runtimes on the hosts of a run, as the main program on the first of them sees them. */
final class Stage {

    private static final String DONE = "main program ended";

    private static final String NODE = "default";

    private final Machine machine;
    private final EmbeddedRuntime runtime;
    private final BlockingQueue<Member> members;
    private final List<Place> places = new ArrayList<>();
    private final List<EmbeddedRuntime> runtimes = new ArrayList<>();
    private boolean closed;

    /** A runtime that has joined. */
    private record Member(String place, EmbeddedRuntime runtime) {}

    /**
     * What the first host does once all others have joined. The run ends when it returns, unless it has closed all
     * runtimes: then it ends when nothing moves any more.
     */
    @FunctionalInterface
    interface Main {
        void run(Stage stage) throws Exception;
    }

    private Stage(Machine machine, EmbeddedRuntime runtime, BlockingQueue<Member> members) {
        this.machine = machine;
        this.runtime = runtime;
        this.members = members;
        places.add(new Place(machine.place(), runtime.runtime().node(NODE).orElseThrow()));
        runtimes.add(runtime);
    }

    /** Gives the simulation hosts h1, h2 …; the first runs the main program and must be spared by faults. */
    static void set(Simulation simulation, int hosts, Main main) {
        SimulatedDomain domain = new SimulatedDomain();
        BlockingQueue<Member> members = new LinkedBlockingQueue<>();
        AtomicBoolean ended = new AtomicBoolean();
        simulation.host("h1", domain.root((machine, runtime) -> {
            Stage stage = new Stage(machine, runtime, members);
            for (int others = hosts - 1; others > 0; others--) {
                stage.enter(members.take());
            }
            main.run(stage);
            ended.set(true);
            machine.sometimes(DONE);
            if (!stage.closed) {
                machine.stop();
            }
        }));
        for (int i = 2; i <= hosts; i++) {
            simulation.host(
                    "h" + i, domain.member((machine, runtime) -> members.add(new Member(machine.place(), runtime))));
        }
        simulation.watch(new EndOracle(simulation, ended::get));
    }

    private Place enter(Member member) {
        Node node = runtime.nodeOf(member.runtime(), NODE);
        Place place = new Place(member.place(), node);
        places.add(place);
        runtimes.add(member.runtime());
        return place;
    }

    Machine machine() {
        return machine;
    }

    EmbeddedRuntime runtime() {
        return runtime;
    }

    /** An active object there, with that name. */
    <T> T create(Class<T> type, Place place, String name) {
        return runtime.objects().newActive(type).named(name).on(place.node()).start();
    }

    /** All that were ever there, this host first. */
    List<Place> places() {
        return List.copyOf(places);
    }

    /** Their runtimes, in the same order. */
    List<EmbeddedRuntime> runtimes() {
        return List.copyOf(runtimes);
    }

    /** Does something after some time, unless this host dies. */
    void later(Duration delay, Runnable task) {
        machine.ports().time().after(delay, task);
    }

    void closeAll() {
        runtimes.forEach(EmbeddedRuntime::close);
        closed = true;
    }

    /** Hosts that have come back since this was asked last. */
    List<Place> newcomers() {
        List<Place> newcomers = new ArrayList<>();
        for (Member member = members.poll(); member != null; member = members.poll()) {
            newcomers.add(enter(member));
        }
        return newcomers;
    }
}
