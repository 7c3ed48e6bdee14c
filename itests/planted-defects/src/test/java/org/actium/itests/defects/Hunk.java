package org.actium.itests.defects;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Some lines of a source file and what stands there instead. Found by what they say, not by their numbers.
 *
 * @param file relative to the root of the repository
 */
record Hunk(String file, List<String> before, List<String> after) {

    Hunk {
        Objects.requireNonNull(file, "file");
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * @param source all lines of the file
     * @throws DefectException if the lines do not stand there exactly once
     */
    List<String> appliedTo(List<String> source) {
        int at = Collections.indexOfSubList(source, before);
        if (before.isEmpty() || at < 0) {
            throw new DefectException("these lines are not in " + file + " (any more):\n" + text()
                    + "the defect must be rewritten for the source as it is now");
        }
        if (Collections.lastIndexOfSubList(source, before) != at) {
            throw new DefectException("these lines are in " + file + " more than once:\n" + text()
                    + "add lines around them until they are not");
        }
        return Stream.of(source.subList(0, at), after, source.subList(at + before.size(), source.size()))
                .flatMap(List::stream)
                .toList();
    }

    private String text() {
        return String.join("\n", before) + "\n";
    }
}
