package org.actium.deployment.descriptor.command;

import java.util.List;
import java.util.stream.Collectors;
import org.actium.deployment.model.Problem;

/** Verdicts for machines: {@code [{file, valid, dialect, problems: [{source, line, column, message}], notes, obstacles}]}. */
final class VerdictJson {

    private VerdictJson() {}

    static String of(List<Verdict> verdicts) {
        return verdicts.stream().map(VerdictJson::of).collect(Collectors.joining(",\n", "[", "]"));
    }

    private static String of(Verdict verdict) {
        return "{\"file\":" + quoted(verdict.file()) + ",\"valid\":" + verdict.isValid() + ",\"dialect\":"
                + quoted(verdict.dialect()) + ",\"problems\":" + problems(verdict.problems()) + ",\"notes\":"
                + problems(verdict.notes()) + ",\"obstacles\":" + problems(verdict.obstacles()) + "}";
    }

    private static String problems(List<Problem> problems) {
        return problems.stream()
                .map(problem -> "{\"source\":" + quoted(problem.at().source()) + ",\"line\":"
                        + problem.at().line() + ",\"column\":" + problem.at().column() + ",\"message\":"
                        + quoted(problem.message()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> {
                    if (c < ' ' || Character.isSurrogate(c)) {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
