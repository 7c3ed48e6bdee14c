package org.actium.simulation.grid;

import java.util.stream.Collectors;
import org.actium.simulation.FailureMinimiser;
import org.actium.simulation.FaultRecord;
import org.actium.simulation.Outcome;
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

    String ofVoidRun() {
        return headline("proves nothing") + "  " + String.join("\n  ", outcome.voids()) + "\n" + faultsOf(outcome)
                + "  the test was over after " + outcome.virtualTime().toMillis() + " ms\n";
    }

    /** For a run whose seed did not give it again. */
    String ofOnlyRun() {
        return headline("fails") + why()
                + "The same seed did not give the same run again: something keeps state from run to run, such as a field"
                + " of the test or a static, or depends on real time, on another thread or on hashes of identities.\n"
                + faultsOf(outcome) + whatWasPrinted();
    }

    String of(FailureMinimiser.Minimised smallest) {
        return headline("fails") + why() + faultsOf(smallest.outcome()) + whatWasPrinted()
                + "The smallest run that fails likewise, with "
                + smallest.faults().size() + " faults and "
                + smallest.delayed().size() + " delayed messages (-D" + EVENTS + "=all shows every message):\n"
                + eventsOf(smallest.outcome());
    }

    private String headline(String what) {
        return test + " " + what + " with seed " + outcome.seed() + "; -D" + Seeds.ONE + "=" + outcome.seed()
                + " runs it alone (" + outcome.trial().strategy() + ", hash " + TraceHash.text(outcome.hash()) + ")\n";
    }

    private String why() {
        return switch (outcome.failure().orElseThrow()) {
            case Failure.Uncaught(String thread, Throwable cause) -> thread + ": " + cause + "\n";
            case Failure.Violation violation -> violation.what() + "\n";
            case Failure other -> other.text().stripTrailing() + "\n";
        };
    }

    private static String faultsOf(Outcome outcome) {
        return outcome.faults().stream()
                .map(FaultRecord::text)
                .map(line -> "  " + line + "\n")
                .collect(Collectors.joining());
    }

    private String whatWasPrinted() {
        return printed.isBlank() ? "" : "Printed:\n" + printed.stripTrailing().indent(2);
    }

    private static String eventsOf(Outcome outcome) {
        return "all".equals(System.getProperty(EVENTS)) ? Story.all(outcome.events()) : Story.of(outcome.events());
    }
}
