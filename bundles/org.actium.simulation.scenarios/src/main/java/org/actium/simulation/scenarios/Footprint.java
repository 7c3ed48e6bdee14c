package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.Outcome;
import org.actium.simulation.Simulation;
import org.actium.simulation.Trial;
import org.actium.simulation.Verdict;
import org.actium.simulation.engine.Strategy;
import org.actium.simulation.grid.SimulatedDomain;
import org.actium.testkit.EmbeddedRuntime;

/**
 * How long the tables of a runtime are that has talked to all others of its domain and has nothing to do any more, as
 * measured in a run in which nothing goes wrong.
 */
final class Footprint {

    /**
     * What grows by itself, to a limit: the number of the last link to each runtime, by which an old connection
     * is told from a new one; tokens, used or not, which are remembered for ten minutes.
     */
    private static final List<String> KEPT =
            List.of("EmbeddedRuntime.links.table.lastLinks.numbers", "EmbeddedRuntime.links.tokens.issued");

    private static final Duration PEACE = ofMillis(500);

    /** A future stands in the tables of those it was passed to only until it is known. */
    private static final int PASSED_ON = 4;

    private final List<Tables> measured;

    /** Calls others, which stand in for their answers to others again. */
    public static class Neighbour {

        public Receipt greet(List<Neighbour> all) {
            List<Receipt> answers = all.stream().map(Neighbour::hello).toList();
            all.forEach(neighbour -> answers.stream().limit(PASSED_ON).forEach(neighbour::hear));
            return new Receipt("has greeted " + all.size());
        }

        public Receipt hello() {
            return new Receipt("hello");
        }

        public void hear(Receipt answer) {
            answer.text();
        }
    }

    private Footprint(List<Tables> measured) {
        this.measured = measured;
    }

    /** @throws IllegalStateException if that run fails */
    static Footprint of(int hosts) {
        List<Tables> measured = new ArrayList<>();
        Outcome outcome = Simulation.run(
                Trial.of(0).strategy(Strategy.roundRobin()).preemption(0), // a defect may show, but not here
                simulation -> Stage.setWithoutMeasure(simulation, domain(), hosts, stage -> {
                    List<Neighbour> neighbours = stage.places().stream()
                            .map(place -> stage.create(Neighbour.class, place, place.name() + "/neighbour"))
                            .toList();
                    neighbours.forEach(one -> one.greet(neighbours).text());
                    stage.endObjects();
                    stage.machine().sleep(PEACE);
                    stage.runtimes().stream().map(Tables::of).forEach(measured::add);
                }));
        if (outcome.verdict() != Verdict.PASSED) {
            throw new IllegalStateException("a run in which nothing goes wrong does: " + outcome.report());
        }
        return new Footprint(measured);
    }

    private static SimulatedDomain domain() {
        return SimulatedDomain.passingCopies(new StubFactory()); // what codecs remember is not measured anyway
    }

    /** The tables of the runtime that are longer than in any of those that were measured, each with both numbers. */
    List<String> exceededBy(EmbeddedRuntime runtime) {
        return Tables.of(runtime).grownSince(Tables.longest(measured)).stream()
                .filter(table -> KEPT.stream().noneMatch(kept -> table.startsWith(kept + " ")))
                .toList();
    }
}
