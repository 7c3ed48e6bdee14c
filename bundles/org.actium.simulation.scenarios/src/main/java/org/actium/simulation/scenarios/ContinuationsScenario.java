package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.FaultKind;
import org.actium.simulation.Machine;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.oracle.LeakOracle;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.SetOnceOracle;

/** Questions go along chains over four hosts; their answers come back as futures of futures and are shown to others. */
final class ContinuationsScenario implements Scenario {

    private static final int HOSTS = 4;
    private static final int MOST_RELAYS = 6;
    private static final int MOST_WATCHERS = 4;
    private static final int FEWEST_QUESTIONS = 4;
    private static final int MOST_QUESTIONS = 10;
    private static final int MOST_HOPS = 7;
    private static final int MOST_BESIDE = 4;

    private static final Duration JOINED = ofSeconds(1);
    private static final Duration END = ofSeconds(2);

    private final Stubs stubs = new StubFactory();

    private final int faults;

    ContinuationsScenario(int faults) {
        this.faults = faults;
    }

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Settling settling = new Settling();
        Stage.set(simulation, stubs, HOSTS, stage -> {
            HeardFutures answers = ask(stage, random);
            if (faults > 0) {
                stage.machine().sleep(END.minus(stage.machine().now()));
            }
            settling.await(stage.machine());
            answers.readAgain();
        });
        simulation
                .watch(settling)
                .watch(new SetOnceOracle())
                .watch(new LeakOracle())
                .expect("outcome told", 1) // no more, if the host of a chain dies while it is built
                .virtualTime(Settling.PATIENCE.multipliedBy(2));
        if (faults > 0) {
            // one host dies for certain; what else breaks is up to chance
            simulation.chaos(budget(1).most(FaultKind.KILL, 1));
            simulation.chaos(budget(faults - 1)
                    .most(FaultKind.KILL, faults)
                    .most(FaultKind.RESET, faults)
                    .most(FaultKind.HALF_OPEN, faults));
        } else {
            simulation.expect("answer heard", 2);
        }
    }

    private static FaultBudget budget(int count) {
        return FaultBudget.none(count, END).from(JOINED).sparing("h1");
    }

    private Duration thinking() {
        return faults > 0 ? END.minus(JOINED) : ofMillis(20);
    }

    private HeardFutures ask(Stage stage, RandomGenerator random) {
        List<Relay> relays = new ArrayList<>();
        for (int number = stage.size("relays", random.nextInt(2, MOST_RELAYS + 1), 2); number > 0; number--) {
            Place place = anyOf(stage.places(), random);
            relays.add(stage.create(Relay.class, place, place.name() + "/r" + number));
        }
        List<Relay.Watcher> watchers = new ArrayList<>();
        for (int number = stage.size("watchers", random.nextInt(1, MOST_WATCHERS + 1), 1); number > 0; number--) {
            Place place = anyOf(stage.places(), random);
            watchers.add(stage.create(Relay.Watcher.class, place, place.name() + "/v" + number));
        }
        relays.forEach(relay -> relay.meet(relays, watchers));
        if (faults > 0) {
            stage.machine().sleep(JOINED.minus(stage.machine().now()));
        }
        List<Asked> asked = new ArrayList<>();
        int questions = random.nextInt(FEWEST_QUESTIONS, MOST_QUESTIONS + 1);
        for (int number = stage.size("questions", questions, 1); number > 0; number--) {
            Relay.Question question = new Relay.Question(
                    "q" + number,
                    stage.size("hops", random.nextInt(MOST_HOPS + 1), 0),
                    thinking(),
                    faults > 0,
                    random.nextLong());
            hear(asked, anyOf(relays, random), question, stage.machine());
        }
        asked.forEach(one -> waitBeside(stage, random, one));
        HeardFutures answers = new HeardFutures("h1/main");
        asked.forEach(one -> one.hear(answers));
        return answers;
    }

    private void hear(List<Asked> asked, Relay relay, Relay.Question question, Machine machine) {
        machine.observe(new Observation.Opened("question", "h1/main " + question.name()));
        try {
            asked.add(new Asked(question, relay.ask(question)));
        } catch (ActiveObjectException told) {
            question.failed("asking", told);
            machine.observe(new Observation.Closed("question", "h1/main " + question.name()));
        }
    }

    /** Threads that wait for the same answer, from any time on; some give up. */
    private void waitBeside(Stage stage, RandomGenerator random, Asked one) {
        for (int number = random.nextInt(MOST_BESIDE + 1); number > 0; number--) {
            String waiter = "h1/t" + number + " for " + one.question().name();
            Duration before = Duration.ofNanos(random.nextLong(thinking().toNanos()));
            Optional<Duration> patience = random.nextInt(4) == 0
                    ? Optional.of(Duration.ofNanos(random.nextLong(thinking().toNanos())))
                    : Optional.empty();
            stage.machine().observe(new Observation.Opened("wait", waiter));
            stage.machine().ports().threads().start(waiter, () -> {
                stage.machine().sleep(before);
                one.await(stage.runtime().futures(), patience);
                stage.machine().observe(new Observation.Closed("wait", waiter));
            });
        }
    }

    /** A question on its way. */
    private record Asked(Relay.Question question, Receipt answer) {

        void await(Futures futures, Optional<Duration> patience) {
            try {
                if (patience.isPresent()) {
                    futures.waitFor(answer, patience.get());
                } else {
                    futures.waitFor(answer);
                }
                Machine.current().sometimes("waited beside");
            } catch (TimeoutException impatient) {
                Machine.current().sometimes("wait given up");
            }
        }

        void hear(HeardFutures answers) {
            Machine machine = Machine.current();
            machine.sometimes("outcome told");
            try {
                answers.read(question.name(), answer);
                machine.sometimes("answer heard");
            } catch (ActiveObjectException told) {
                machine.sometimes(told.getClass().getSimpleName());
                question.failed("the answer", told);
            }
            machine.observe(new Observation.Closed("question", "h1/main " + question.name()));
        }
    }

    private static <T> T anyOf(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
