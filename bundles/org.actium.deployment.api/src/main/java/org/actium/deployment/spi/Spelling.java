package org.actium.deployment.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Guesses what somebody meant to write, for messages. */
public final class Spelling {

    private static final int LISTED = 30;

    /** Among more known words nothing is guessed: a descriptor with many wrong references would take minutes. */
    private static final int CONSIDERED = 500;

    private static final int LONGEST = 60;

    private Spelling() {}

    /** The known word that the given one was probably meant to be; empty if none is near, or too many are known. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST || known.size() > CONSIDERED) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= tolerance(candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a message about an unknown word: {@code ; did you mean 'x'?}, or what is known. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map(meant -> "; did you mean '" + meant + "'?")
                .orElseGet(() -> known.isEmpty() ? "; none is known here" : "; known here: " + list(known));
    }

    /** The words in quotes with commas, in their order; of many only the first. */
    public static String list(Collection<String> words) {
        String listed = words.stream()
                .limit(LISTED)
                .map(word -> "'" + shortened(word) + "'")
                .collect(Collectors.joining(", "));
        return words.size() > LISTED ? listed + " and " + (words.size() - LISTED) + " more" : listed;
    }

    /** The text, cut where it becomes too long for a message, without line breaks. */
    public static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** How many letters may be wrong: a third of them, none in the shortest names. */
    private static int tolerance(String candidate) {
        return candidate.length() < 3 ? 0 : Math.max(1, candidate.length() / 3);
    }

    /**
     * Levenshtein's distance, with letters of different case at no distance, and nothing further than long words are.
     */
    private static int distance(String word, String candidate) {
        String a = word.toLowerCase(Locale.ROOT);
        String b = candidate.toLowerCase(Locale.ROOT);
        if (Math.abs(a.length() - b.length()) > LONGEST / 3) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
