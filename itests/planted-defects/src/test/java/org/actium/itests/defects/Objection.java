package org.actium.itests.defects;

import java.util.Objects;
import org.actium.simulation.engine.Failure;

/**
 * How a defect shows: who objects to a run, and with which words.
 *
 * @param by name of an oracle; {@code scenario} for what its program sees itself; {@code uncaught} for an exception that
 *     ended a thread
 * @param words part of what is said; may be empty
 */
record Objection(String by, String words) {

    private static final String UNCAUGHT = "uncaught";

    Objection {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(words, "words");
    }

    /** As defect files have it: {@code EndOracle}, or {@code scenario: failed although nothing else did}. */
    static Objection parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Objection(text.strip(), "")
                : new Objection(
                        text.substring(0, colon).strip(),
                        text.substring(colon + 1).strip());
    }

    /** That something escaped the simulation, or a run does not end, is no objection to the code. */
    boolean isRaisedBy(Failure failure) {
        return switch (failure) {
            case Failure.Violation(var oracle, var what, var _) -> by.equals(oracle) && what.contains(words);
            case Failure.Uncaught(var _, var cause) ->
                by.equals(UNCAUGHT) && cause.toString().contains(words);
            case Failure.Escape _, Failure.Endless _, Failure.Stuck _ -> false;
        };
    }

    @Override
    public String toString() {
        return words.isEmpty() ? by : by + ": " + words;
    }
}
