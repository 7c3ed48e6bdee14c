package org.actium.simulation.grid;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actium.simulation.FailureMinimiser;
import org.actium.simulation.FaultRecord;
import org.actium.simulation.Outcome;
import org.actium.simulation.Story;
import org.actium.simulation.engine.Event;
import org.actium.simulation.engine.Failure;
import org.actium.simulation.engine.TraceHash;

/**
 * What the author of a test reads when a run is red.
 *
 * @param printed what the run printed
 */
record FailureText(String test, Outcome outcome, String printed) {

    /** Property: with the value {@code all}, messages of the network are shown, too. */
    private static final String EVENTS = "actium.events";

    /** Which links were opened when tells the author of a test nothing. */
    private static final Pattern OWN_LOG =
            Pattern.compile(" INFO org\\.actium\\.(codec|deadlock|future|naming|object|remote|runtime|tagging)\\.");

    String ofVoidRun() {
        return headline("proves nothing")
                + outcome.voids().stream().map(why -> "  " + why.text() + "\n").collect(Collectors.joining())
                + faultsOf(outcome)
                + "  the test was over after " + outcome.virtualTime().toMillis() + " ms\n";
    }

    /** For a run whose seed did not give it again. */
    String ofOnlyRun(Outcome again) {
        return headline("fails") + why()
                + "The same seed did not give the same run again, but one with the hash "
                + TraceHash.text(again.hash())
                + ": something keeps state from run to run, such as a field of the test or"
                + " a static, or depends on real time, on another thread or on hashes of identities.\n"
                + faultsOf(outcome) + whatWasPrinted();
    }

    String of(FailureMinimiser.Minimised smallest) {
        return headline("fails") + why() + "The smallest run that fails likewise, with " + smallest.text() + ":\n"
                + faultsOf(smallest.outcome()) + eventsOf(smallest.outcome()) + whatWasPrinted();
    }

    private String headline(String what) {
        return test + " " + what + " with seed " + outcome.seed() + "; again: -D" + Seeds.ONE + "=" + outcome.seed()
                + " -D" + Seeds.STRATEGY + "=" + outcome.trial().strategy() + " (hash "
                + TraceHash.text(outcome.hash()) + ")\n";
    }

    private String why() {
        return switch (outcome.failure().orElseThrow()) {
            case Failure.Uncaught(String thread, Throwable cause) -> thread + ": " + cause + "\n";
            case Failure.Escape escape ->
                escape.what() + "\n  " + advice(escape.way()) + "\n"
                        + escape.stackText().stripTrailing() + "\n";
            case Failure.Violation violation -> violation.what() + "\n";
            case Failure other -> other.text().stripTrailing() + "\n";
        };
    }

    /** For code that has no ports. */
    private static String advice(Failure.Escape.Way way) {
        return switch (way) {
            case TIME ->
                "virtual time is not the time of the JVM: use grid.sleep in the test; pass a clock and what waits into"
                        + " other classes, so that a test can give them grid.now and grid.sleep";
            case SOCKET -> "sockets know nothing of the simulated network: pass in something else in the test";
            case FOREIGN_THREAD, OWN_THREAD ->
                "only threads of the simulation may take part: let an active object do it, for it has its own thread";
            case MONITOR, WAIT -> way.advice();
        };
    }

    private static String faultsOf(Outcome outcome) {
        return outcome.faults().stream()
                .map(FaultRecord::text)
                .map(line -> "  " + line + "\n")
                .collect(Collectors.joining());
    }

    private String whatWasPrinted() {
        List<String> lines =
                printed.lines().filter(line -> !OWN_LOG.matcher(line).find()).toList();
        return lines.isEmpty()
                ? ""
                : "Printed:\n" + String.join("\n", lines).stripTrailing().indent(2);
    }

    private static String eventsOf(Outcome outcome) {
        List<String> lines = "all".equals(System.getProperty(EVENTS))
                ? outcome.events().stream().map(Event::line).toList()
                : new Story(outcome.events())
                        .leadingTo(outcome.failure().orElseThrow())
                        .text("-D" + EVENTS + "=all shows them, and each message");
        return lines.isEmpty()
                ? "  no call was served and no host died before it failed\n"
                : lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
    }
}
