package org.actium.benchmarks.runner;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a report is asked for: {@code [--quick] [--part <part>,…] [--only <pattern>] [--commit <commit>] [--page] --out
 * <directory>}.
 *
 * @param parts all, if none is named
 * @param only what the names of figures must contain; empty for all
 * @param commit of the source tree; {@code unknown} if nobody says
 * @param out where results go
 * @param page whether a page for people is wanted, too
 */
public record Arguments<P extends Enum<P>>(
        boolean quick, Set<P> parts, Pattern only, String commit, Path out, boolean page) {

    /** @throws IllegalArgumentException if there is no part of a name that was given */
    public static <P extends Enum<P>> Arguments<P> of(Class<P> parts, String... given) {
        List<String> words = List.of(given);
        return new Arguments<>(
                words.contains("--quick"),
                after("--part", words).map(names -> named(parts, names)).orElse(EnumSet.allOf(parts)),
                Pattern.compile(after("--only", words).orElse("")),
                after("--commit", words).orElse("unknown"),
                Path.of(after("--out", words).orElse("target")),
                words.contains("--page"));
    }

    private static Optional<String> after(String option, List<String> words) {
        int at = words.indexOf(option);
        return at < 0 || at + 1 == words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
    }

    private static <P extends Enum<P>> Set<P> named(Class<P> parts, String names) {
        return Stream.of(names.split(","))
                .map(name -> Enum.valueOf(parts, name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }
}
