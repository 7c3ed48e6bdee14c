package org.actium.deployment.descriptor.grammar;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.actium.deployment.spi.Spelling;

/**
 * What an attribute may hold, once its variables are replaced.
 *
 * @param words the only values there are; any if empty
 * @param pattern what a value looks like
 * @param minimum of a whole number, which the value is then
 * @param maximum of a whole number
 */
public record ValueRule(
        String name,
        String documentation,
        List<String> words,
        Optional<Pattern> pattern,
        OptionalLong minimum,
        long maximum) {

    public ValueRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(documentation, "documentation");
        words = List.copyOf(words);
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(minimum, "minimum");
    }

    /** Why the value cannot be used, as the end of a sentence; empty if it can. */
    Optional<String> violation(String value) {
        String word = value.strip();
        if (minimum.isPresent()) {
            return isNumber(word)
                    ? Optional.empty()
                    : Optional.of("it must be a whole number from " + minimum.getAsLong() + " to " + maximum);
        }
        if (!words.isEmpty() && !words.contains(word)) {
            return Optional.of("it must be one of " + Spelling.list(words)
                    + Spelling.nearest(word, words)
                            .map(meant -> "; did you mean '" + meant + "'?")
                            .orElse(""));
        }
        return pattern.isPresent() && !pattern.get().matcher(word).matches()
                ? Optional.of("it must be " + documentation)
                : Optional.empty();
    }

    private boolean isNumber(String word) {
        try {
            long number = Long.parseLong(word);
            return number >= minimum.getAsLong() && number <= maximum;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
