package org.actium.histories;

import java.util.Locale;

/**
 * An operation from its beginning to its end.
 *
 * @param argument what it was given
 * @param outcome {@link Event.Type#OK}, {@link Event.Type#FAIL} or {@link Event.Type#INFO}; the last also if the history ends before
 * @param result what it came back with, if it is {@link Event.Type#OK}
 * @param invoked its place in the history
 * @param completed the place of its end; {@link Integer#MAX_VALUE} if it may still take effect
 */
public record Operation(
        int process,
        String name,
        String key,
        Value argument,
        Event.Type outcome,
        Value result,
        int invoked,
        int completed) {

    /** Whether it was over before the other one began. */
    boolean precedes(Operation other) {
        return completed < other.invoked;
    }

    @Override
    public String toString() {
        return "process " + process + ": " + name + " " + key + " " + argument + " -> "
                + (outcome == Event.Type.OK ? result : outcome.name().toLowerCase(Locale.ROOT)) + " [" + invoked
                + ", " + (completed == Integer.MAX_VALUE ? "open" : completed) + "]";
    }
}
