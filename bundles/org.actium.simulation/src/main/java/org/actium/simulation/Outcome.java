package org.actium.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actium.simulation.engine.Event;
import org.actium.simulation.engine.Failure;
import org.actium.simulation.engine.TraceHash;

/**
 * What came of a run.
 *
 * @param hash equal for two runs in which the same happened
 * @param steps how many times a thread was given its turn
 * @param cameToRest nothing could run any more; otherwise virtual time was up, or the run failed
 * @param faults those that were due, in the order in which they were
 * @param sometimes how often which thing happened, by name
 * @param sizes those that the scenario offers to be made smaller, by name
 * @param voids why the run proves nothing; empty if it does
 * @param waiting the threads of living hosts that had not ended, host first
 * @param connections how many were open
 * @param events those that were kept
 */
public record Outcome(
        Trial trial,
        long hash,
        long steps,
        Duration virtualTime,
        boolean cameToRest,
        List<FaultRecord> faults,
        Map<String, Long> sometimes,
        Map<String, Size> sizes,
        List<Shortfall> voids,
        Optional<Failure> failure,
        List<String> waiting,
        int connections,
        List<Event> events) {

    /**
     * How large something in the workload was.
     *
     * @param least makes no sense if it is smaller
     * @param most the largest there was
     */
    public record Size(int least, int most) {}

    public Verdict verdict() {
        if (failure.isPresent()) {
            return Verdict.FAILED;
        }
        return voids.isEmpty() ? Verdict.PASSED : Verdict.VOID;
    }

    public long seed() {
        return trial.seed();
    }

    /** One line: what it takes to run it again, and what came of it. */
    public String line() {
        long hits = faults.stream().filter(FaultRecord::hasHit).count();
        String counts = sometimes.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining());
        return "seed " + seed() + "  " + trial.strategy() + "  hash " + TraceHash.text(hash) + "  " + verdict() + "  "
                + steps + " steps  " + Words.of(virtualTime) + "  faults " + hits + "/" + faults.size() + counts
                + failure.map(failed -> "  " + failed.kind()).orElse("")
                + shortfalls();
    }

    /** Of a run that has failed they say nothing: it was cut short. */
    private String shortfalls() {
        return verdict() == Verdict.VOID
                ? voids.stream().map(why -> "  " + why.text()).collect(Collectors.joining(";"))
                : "";
    }

    /** The line, the faults, the failure and the events. */
    public String report() {
        StringBuilder text = new StringBuilder(line()).append('\n');
        faults.forEach(fault -> text.append("  ").append(fault.text()).append('\n'));
        failure.ifPresent(failed -> text.append(failed.text().stripTrailing()).append('\n'));
        events.forEach(event -> text.append(event.line()).append('\n'));
        return text.toString();
    }
}
