package org.actium.deployment.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a virtual node lacks, for people: {@code virtual node 'workers': 3 of 4 runtimes joined within 70 s; missing
 * d1-worker-4 (process ended with exit code 1)}.
 *
 * @param sources those that give nodes to the virtual node
 * @param members runtimes of these sources as far as they are known, in order
 * @param failedSources why no more runtimes come from a source
 * @param attached nodes the virtual node has
 */
record Shortfall(
        Target target, List<Source> sources, List<Member> members, Map<Source, String> failedSources, int attached) {

    private static final int SHOWN = 10;

    /** @param when for example {@code within 70 s} */
    String text(String when) {
        int ready = (int) members.stream().filter(Member::isReady).count();
        int expected =
                sources.stream().mapToInt(source -> source.runtimes().orElse(0)).sum();
        int required = target.readiness().required();
        return "virtual node '" + target.definition().name() + "': "
                + (expected == 0 ? count(ready, "runtime") : ready + " of " + count(expected, "runtime"))
                + " joined " + when
                + (required == target.readiness().expected()
                        ? ""
                        : "; needs at least " + count(required, "node") + ", has " + attached)
                + "; missing " + missing()
                + (members.stream().anyMatch(Member::isAwaited) ? "; see whether all hosts answer: actium doctor" : "");
    }

    /** The runtimes that are not there, each with the reason. */
    String missing() {
        List<String> missing = new ArrayList<>();
        for (Source source : sources) {
            List<Member> known =
                    members.stream().filter(member -> member.source() == source).toList();
            known.stream()
                    .filter(member -> !member.isReady())
                    .forEach(member -> missing.add(member.name() + " (" + member.obstacle() + ")"));
            int wanted =
                    (int) known.stream().filter(member -> !member.isReplaced()).count();
            int unknown = source.runtimes().orElse(Integer.MAX_VALUE) - wanted;
            if (unknown > 0) {
                missing.add((source instanceof Source.Lookup
                                ? source.name()
                                : (source.runtimes().isEmpty() ? "more" : unknown) + " of jvm '" + source.name() + "'")
                        + (failedSources.containsKey(source) ? " (" + failedSources.get(source) + ")" : ""));
            }
        }
        return missing.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
