package org.actium.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What came of all runs of a campaign. */
public final class CampaignSummary {

    private static final class Count {
        private long struck;
        private long hit;

        @Override
        public String toString() {
            return hit + "/" + struck;
        }
    }

    private final Map<Verdict, List<Long>> seeds = new EnumMap<>(Verdict.class);
    private final Map<Verdict, Outcome> first = new EnumMap<>(Verdict.class);
    private final Map<FaultKind, Count> faults = new EnumMap<>(FaultKind.class);
    private final Map<String, Long> sometimes = new TreeMap<>();
    private long steps;

    public CampaignSummary() {
        for (Verdict verdict : Verdict.values()) {
            seeds.put(verdict, new ArrayList<>());
        }
    }

    public void add(Outcome outcome) {
        seeds.get(outcome.verdict()).add(outcome.seed());
        first.putIfAbsent(outcome.verdict(), outcome);
        steps += outcome.steps();
        outcome.sometimes().forEach((what, count) -> sometimes.merge(what, count, Long::sum));
        for (FaultRecord fault : outcome.faults()) {
            Count count = faults.computeIfAbsent(fault.planned().fault().kind(), kind -> new Count());
            count.struck++;
            count.hit += fault.hasHit() ? 1 : 0;
        }
    }

    /** The seeds of the runs with that verdict, in the order in which they ran. */
    public List<Long> seeds(Verdict verdict) {
        return List.copyOf(seeds.get(verdict));
    }

    /** What came of the first run with that verdict. */
    public Optional<Outcome> first(Verdict verdict) {
        return Optional.ofNullable(first.get(verdict));
    }

    /** How often that happened in all runs together. */
    public long sometimes(String what) {
        return sometimes.getOrDefault(what, 0L);
    }

    /** Nothing failed, no run is void, and there was one. */
    public boolean isGreen() {
        return !seeds.get(Verdict.PASSED).isEmpty()
                && seeds.get(Verdict.FAILED).isEmpty()
                && seeds.get(Verdict.VOID).isEmpty();
    }

    public String text() {
        return (isGreen() ? "green: " : "red: ")
                + seeds.entrySet().stream()
                        .map(entry -> entry.getValue().size() + " " + entry.getKey() + seedsOf(entry.getKey()))
                        .collect(Collectors.joining(", "))
                + ", " + steps + " steps"
                + lines("faults hit", faults, FaultKind::words)
                + lines("sometimes", sometimes, what -> what);
    }

    private String seedsOf(Verdict verdict) {
        return verdict == Verdict.PASSED || seeds.get(verdict).isEmpty() ? "" : " " + seeds.get(verdict);
    }

    private static <K> String lines(String title, Map<K, ?> counts, Function<K, String> words) {
        return counts.isEmpty()
                ? ""
                : "\n  " + title + ": "
                        + counts.entrySet().stream()
                                .map(entry -> words.apply(entry.getKey()) + " " + entry.getValue())
                                .collect(Collectors.joining(", "));
    }
}
