package org.actium.simulation.engine;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Something that happened in a run.
 *
 * @param step how many times a thread had been given its turn
 * @param nanos virtual time since the start
 * @param host {@code -} for the simulator itself
 * @param what one verb, such as {@code send}
 * @param value a size or a count that belongs to it, 0 if none does
 * @param cause the number of the event this one follows from, {@link EventLog#NONE} if there is none
 */
public record Event(
        long number,
        long step,
        long nanos,
        String host,
        String thread,
        String what,
        String subject,
        long value,
        long cause) {

    /** One line: number, time, who, what, and an arrow to the cause. */
    public String line() {
        String arrow = cause == EventLog.NONE ? "" : "  <- #" + cause;
        String amount = value == 0 ? "" : " (" + value + ")";
        return String.format(
                Locale.ROOT,
                "#%-6d %s  %-4s %-24s %-10s %s%s%s",
                number,
                time(nanos),
                host,
                thread,
                what,
                subject,
                amount,
                arrow);
    }

    static String time(long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        return String.format(Locale.ROOT, "%6d.%06ds", seconds, (nanos - TimeUnit.SECONDS.toNanos(seconds)) / 1000);
    }
}
