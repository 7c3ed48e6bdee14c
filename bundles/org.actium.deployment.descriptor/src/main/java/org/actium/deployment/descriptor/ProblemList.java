package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.Problems;

/** The problems of one descriptor, each once. */
final class ProblemList implements Problems {

    /** Beyond that nobody reads on, and a hostile descriptor would fill the memory. */
    private static final int MOST = 1000;

    private final String source;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Map<SourcePosition, List<String>> unresolved = new HashMap<>();

    /** @param source name of the descriptor; problems of files it includes come after its own */
    ProblemList(String source) {
        this.source = source;
    }

    @Override
    public void report(SourcePosition at, String message) {
        boolean consequence = unresolved.getOrDefault(at, List.of()).stream().anyMatch(message::contains);
        if (!consequence && problems.size() < MOST) {
            problems.add(new Problem(at, message));
            if (problems.size() == MOST) {
                problems.add(new Problem(at, "from here on problems were not counted; there may be more"));
            }
        }
    }

    /**
     * Reference to a variable that could not be replaced. What is reported later at the same place and quotes it,
     * such as an id that does not exist, follows from it and is left out.
     */
    void leftUnresolved(SourcePosition at, String reference) {
        unresolved.computeIfAbsent(at, place -> new ArrayList<>()).add(reference);
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** In order of position, those of files it includes last. */
    List<Problem> sorted() {
        return problems.stream()
                .sorted(Comparator.comparing(
                        Problem::at,
                        Comparator.comparing((SourcePosition at) -> !at.source().equals(source))
                                .thenComparing(SourcePosition::source)
                                .thenComparingInt(SourcePosition::line)
                                .thenComparingInt(SourcePosition::column)))
                .toList();
    }

    /** The reader's own promise: every problem is in the exception, in order of position. */
    DescriptorException toException() {
        return new DescriptorException(sorted());
    }
}
