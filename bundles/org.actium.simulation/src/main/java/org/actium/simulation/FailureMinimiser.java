package org.actium.simulation;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.actium.simulation.engine.Failure;
import org.actium.simulation.network.MessageDelays;
import org.actium.simulation.network.MessageId;

/**
 * Finds a smaller run that fails as a given one does: first with as few faults as possible, then with as little work, at
 * last with as few messages as possible that take an unusual time.
 */
public final class FailureMinimiser {

    /**
     * @param faults those without which the run does not fail
     * @param delayed the messages that have to be delayed for it to fail
     * @param outcome of the smallest run, with all its events; it fails as the given one did
     * @param runs how many it took to find it
     * @param usedUp whether the attempts did not suffice, so that a smaller one may exist
     */
    public record Minimised(
            List<PlannedFault> faults, List<MessageId> delayed, Outcome outcome, int runs, boolean usedUp) {

        /** What is left, in one line. */
        public String text() {
            String sizes = outcome.sizes().entrySet().stream()
                    .map(size -> ", " + size.getKey() + " " + size.getValue().most())
                    .collect(Collectors.joining());
            return counted(faults.size(), "fault") + ", " + counted(delayed.size(), "delayed message") + sizes
                    + (usedUp ? "; not smallest: attempts used up" : "");
        }

        private static String counted(int count, String what) {
            return count + " " + what + (count == 1 ? "" : "s");
        }
    }

    private final Scenario scenario;
    private final int attempts;
    private int runs;
    private boolean usedUp;

    /** @param attempts how many runs it may take for the faults, again for the work, and again for the messages */
    public FailureMinimiser(Scenario scenario, int attempts) {
        this.scenario = scenario;
        this.attempts = attempts;
    }

    /** @throws IllegalArgumentException if that run did not fail */
    public Minimised minimise(Outcome failed) {
        runs = 0;
        usedUp = false;
        String kind = failed.failure()
                .map(Failure::kind)
                .orElseThrow(() -> new IllegalArgumentException("seed " + failed.seed() + " did not fail"));
        List<PlannedFault> struck =
                failed.faults().stream().map(FaultRecord::planned).toList();
        List<PlannedFault> faults = minimise(struck, some -> failsWith(kind, withFaults(failed.trial(), some)));

        Trial littleWork = withLittleWork(kind, withFaults(failed.trial(), faults), failed.sizes());
        List<MessageId> sent = delayedMessages(littleWork);
        List<MessageId> delayed = minimise(sent, some -> failsWith(kind, withDelays(littleWork, some)));
        // once more, for its events
        Outcome smallest = run(withDelays(littleWork, delayed).keepingAllEvents());
        return new Minimised(faults, delayed, smallest, runs, usedUp);
    }

    private <T> List<T> minimise(List<T> items, Predicate<List<T>> fails) {
        ListMinimiser<T> minimiser = new ListMinimiser<>(fails, attempts);
        List<T> smallest = minimiser.minimise(items);
        usedUp |= minimiser.isUsedUp();
        return smallest;
    }

    /** One size after the other; whoever has less of one may need less of another. */
    private Trial withLittleWork(String kind, Trial trial, Map<String, Outcome.Size> sizes) {
        Trial smallest = trial;
        int end = runs + attempts;
        for (Map.Entry<String, Outcome.Size> size : sizes.entrySet()) {
            int fails = size.getValue().most();
            int passes = size.getValue().least() - 1;
            while (fails - passes > 1 && runs < end) {
                // the least of all first: it is enough more often than not
                int tried = passes < size.getValue().least() ? passes + 1 : passes + (fails - passes) / 2;
                if (failsWith(kind, smallest.atMost(size.getKey(), tried))) {
                    fails = tried;
                } else {
                    passes = tried;
                }
            }
            usedUp |= fails - passes > 1;
            if (fails < size.getValue().most()) {
                smallest = smallest.atMost(size.getKey(), fails);
            }
        }
        return smallest;
    }

    private boolean failsWith(String kind, Trial trial) {
        Optional<Failure> failure = run(trial).failure();
        return failure.isPresent() && failure.get().kind().equals(kind);
    }

    private Outcome run(Trial trial) {
        runs++;
        return Simulation.run(trial, scenario);
    }

    private List<MessageId> delayedMessages(Trial trial) {
        Set<MessageId> messages = new LinkedHashSet<>();
        MessageDelays all = trial.delays();
        run(trial.delays(message -> {
            boolean applies = all.applyTo(message);
            if (applies) {
                messages.add(message);
            }
            return applies;
        }));
        return List.copyOf(messages);
    }

    private static Trial withFaults(Trial trial, List<PlannedFault> faults) {
        Set<Integer> numbers = new HashSet<>();
        faults.forEach(fault -> numbers.add(fault.number()));
        return trial.onlyFaults(numbers);
    }

    private static Trial withDelays(Trial trial, List<MessageId> delayed) {
        Set<MessageId> messages = new HashSet<>(delayed);
        return trial.delays(messages::contains);
    }
}
