package org.actium.simulation;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.actium.simulation.engine.Event;
import org.actium.simulation.engine.TraceHash;

/** Says what it takes to run a run again, makes a failure smaller, and tells what led to it. */
public final class Explanation {

    /** For the faults of a failure, again for its work, and again for its messages. */
    private static final int ATTEMPTS = 200;

    private final Scenario scenario;
    private final Function<Trial, String> command;
    private final String howToSeeMore;
    private final boolean everyEvent;

    private Explanation(Scenario scenario, Function<Trial, String> command, String howToSeeMore, boolean everyEvent) {
        this.scenario = Objects.requireNonNull(scenario, "scenario");
        this.command = Objects.requireNonNull(command, "command");
        this.howToSeeMore = Objects.requireNonNull(howToSeeMore, "howToSeeMore");
        this.everyEvent = everyEvent;
    }

    /** For those who run it from Java. */
    public static Explanation of(Scenario scenario) {
        return new Explanation(
                scenario,
                trial -> "Trial.of(" + trial.seed() + ").strategy(Strategy.of(\"" + trial.strategy() + "\"))",
                "they are in the outcome of a trial that keeps all events",
                false);
    }

    /**
     * @param newCommand what runs that trial again
     * @param newHowToSeeMore where the events are that are left out
     */
    public Explanation command(Function<Trial, String> newCommand, String newHowToSeeMore) {
        return new Explanation(scenario, newCommand, newHowToSeeMore, everyEvent);
    }

    /** Each event in full, those of the network, too; of a failure, those of the run itself before the smaller one's. */
    public Explanation everyEvent() {
        return new Explanation(scenario, command, howToSeeMore, true);
    }

    /** @param out takes the lines */
    public void tell(Outcome found, Consumer<String> out) {
        out.accept(headline(found));
        Outcome again = Simulation.run(found.trial().keepingAllEvents(), scenario);
        if (again.hash() != found.hash()) {
            out.accept("run again, it has the hash " + TraceHash.text(again.hash()) + " instead of "
                    + TraceHash.text(found.hash())
                    + ", so something escapes the simulation: state that is kept from run"
                    + " to run, real time, other threads, or the order of a hash set; below is the second run");
            tellRun(again, "", out);
        } else if (again.verdict() == Verdict.FAILED) {
            out.accept("run again, it fails likewise, with the same hash " + TraceHash.text(found.hash()));
            if (everyEvent) {
                tellRun(again, "", out);
            }
            FailureMinimiser.Minimised smallest = new FailureMinimiser(scenario, ATTEMPTS).minimise(again);
            out.accept("made smaller in " + smallest.runs() + " runs: " + smallest.text());
            tellRun(smallest.outcome(), " of the smaller run", out);
        } else {
            tellRun(again, "", out);
        }
    }

    private String headline(Outcome found) {
        String verdict = switch (found.verdict()) {
            case PASSED -> "passes";
            case VOID -> "proves nothing";
            case FAILED -> "fails";
        };
        return "seed " + found.seed() + " " + verdict + "; again: " + command.apply(found.trial());
    }

    private void tellRun(Outcome run, String which, Consumer<String> out) {
        run.faults().forEach(fault -> out.accept("  " + fault.text()));
        if (run.verdict() == Verdict.VOID) {
            run.voids().forEach(why -> out.accept("  " + why.text()));
        }
        if (everyEvent) {
            run.events().stream().map(Event::line).forEach(out);
        } else {
            excerpt(run).text(howToSeeMore).forEach(out);
        }
        run.failure().ifPresent(failure -> out.accept(failure.text().stripTrailing()));
        out.accept("hash " + TraceHash.text(run.hash()) + which);
    }

    private static Story.Excerpt excerpt(Outcome run) {
        Story story = new Story(run.events());
        return switch (run.verdict()) {
            case PASSED -> story.all();
            case VOID -> story.end();
            case FAILED -> story.leadingTo(run.failure().orElseThrow());
        };
    }
}
