package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.FaultKind;
import org.actium.simulation.Scenario;

/** All scenarios by name. */
public final class Scenarios {

    /** With so many faults as it is told, whatever its name. */
    private static final IntFunction<Scenario> CONTINUATIONS = ContinuationsScenario::new;

    private static final List<NamedScenario> ALL = List.of(
            new NamedScenario(
                    "calls",
                    "Every call has its effect once, pairs keep their order, causes come first, no future is lost",
                    0,
                    faults -> new CallsScenario(anything(faults))),
            new NamedScenario(
                    "crowd",
                    "What holds for calls holds among hundreds of objects on twenty hosts",
                    0,
                    faults -> new CallsScenario(CallsScenario.Scale.CROWD, anything(faults))),
            new NamedScenario(
                    "causal",
                    "Along chains and triangles of one-way calls, what happened before is heard before",
                    0,
                    CausalScenario::new),
            new NamedScenario(
                    "fifo",
                    "Where nodes ask for FIFO only, pairs keep their order and each call has its effect once",
                    0,
                    CausalScenario::withFifoOnly),
            new NamedScenario(
                    "continuations",
                    "A future that is passed on before its value is known gets it once, everywhere",
                    0,
                    CONTINUATIONS),
            new NamedScenario(
                    "lost-continuations",
                    "When hosts die and links break on the way of a future, all who wait for it are told",
                    2,
                    CONTINUATIONS),
            new NamedScenario(
                    "churn",
                    "Whatever objects and futures come and go, and end when: no thread, connection or entry is left",
                    0,
                    ChurnScenario::new),
            new NamedScenario(
                    "journal",
                    "What was synced is there after a restart, whatever disks do; a torn tail is found and cut",
                    4,
                    JournalScenario::new),
            new NamedScenario(
                    "deployment",
                    "Each node that a descriptor asks for is attached once or reported, in time; undeploying leaves nothing",
                    3,
                    DeploymentScenario::new),
            new NamedScenario(
                    "store",
                    "What a store acknowledged is there after a restart, of the rest nothing by halves, and fences hold",
                    4,
                    StoreScenario::new),
            new NamedScenario(
                    "recovery",
                    "Whatever hosts die, objects that log what they receive go on, as if nothing had happened",
                    4,
                    RecoveryScenario::new),
            new NamedScenario(
                    "active-recovery",
                    "Whatever hosts die, recoverable active objects go on, as if nothing had happened",
                    5,
                    ActiveRecoveryScenario::new),
            NamedScenario.faultless(
                    "nodes",
                    "When nodes are removed, what runs on them ends, and whoever calls it is told",
                    NodesScenario::new),
            NamedScenario.faultless(
                    "bounded",
                    "Who calls an object whose queue is full waits until there is room, and order and count hold",
                    BoundedScenario::new),
            NamedScenario.faultless(
                    "futures",
                    "Who waits for one, any or some futures goes on when they are there, whoever completes them",
                    FuturesScenario::new),
            NamedScenario.faultless(
                    "deadlocks",
                    "Objects that wait in a circle are reported once, and nobody else is",
                    DeadlocksScenario::new),
            NamedScenario.faultless(
                    "immediate",
                    "Whenever a method is declared immediate, each of its calls is served once, queued or not",
                    ImmediateScenario::new),
            new NamedScenario(
                    "host-death",
                    "When hosts die and come back every call ends, and none has two effects",
                    2,
                    faults -> new CallsScenario(CallsScenario.during(faults).most(FaultKind.KILL, faults))),
            new NamedScenario(
                    "reconnect",
                    "When links break, hang or crawl, order holds and calls end, once",
                    3,
                    faults -> new CallsScenario(broken(Math.min(faults, 1)), bad(faults - 1))),
            new NamedScenario(
                    "resets",
                    "When connections break nobody notices: links go on, and all calls are served once and in order",
                    20,
                    faults -> CallsScenario.unharmedBy(
                            CallsScenario.during(faults).most(FaultKind.RESET, faults))),
            new NamedScenario(
                    "remote-objects",
                    "When links break and hang, calls of plain objects end, and what was not sent is not done",
                    3,
                    faults -> new RemoteObjectsScenario(broken(Math.min(faults, 1)), bad(faults - 1))),
            new NamedScenario(
                    "pauses",
                    "A host that stood still for longer than others wait does no harm when it goes on",
                    2,
                    faults -> new CallsScenario(CallsScenario.during(faults)
                            .most(FaultKind.PAUSE, faults)
                            .shortest(ofMillis(100))
                            .longest(ofSeconds(30)))));

    private Scenarios() {}

    public static List<NamedScenario> all() {
        return ALL;
    }

    public static Optional<NamedScenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    /** Whatever is cut is cut for longer than a heartbeat takes, so that it is noticed. */
    private static FaultBudget broken(int faults) {
        return CallsScenario.during(faults)
                .most(FaultKind.RESET, faults)
                .most(FaultKind.HALF_OPEN, faults)
                .most(FaultKind.PARTITION, faults)
                .shortest(ofMillis(2_500));
    }

    private static FaultBudget bad(int faults) {
        return CallsScenario.during(faults)
                .most(FaultKind.RESET, faults)
                .most(FaultKind.HALF_OPEN, faults)
                .most(FaultKind.PARTITION, faults)
                .most(FaultKind.SLOW_LINK, faults);
    }

    /** Clocks do not jump: no runtime that is simulated asks for the time of day, so such a fault never hits. */
    private static FaultBudget anything(int faults) {
        FaultBudget budget = CallsScenario.during(faults);
        for (FaultKind kind : List.of(
                FaultKind.KILL,
                FaultKind.PAUSE,
                FaultKind.PARTITION,
                FaultKind.RESET,
                FaultKind.HALF_OPEN,
                FaultKind.SLOW_LINK)) {
            budget = budget.most(kind, faults);
        }
        return budget;
    }
}
