package org.actium.deployment.shell.api;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Argument vectors as one line for a shell, for the programs that hand their command to one: {@code ssh} and {@code rsh}
 * give it to the login shell of the user there. Each such hop is one call of {@link #line}; nothing is quoted anywhere
 * else.
 *
 * <p>What comes out means the same to all shells of the Bourne family, and to fish.
 */
public final class ShellWords {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWords() {}

    /**
     * One line that a shell takes apart into exactly these words.
     *
     * @throws IllegalArgumentException if a word holds the character 0, which no argument can
     */
    public static String line(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    /** The word in quotes, or as it is where nothing in it means anything to a shell. */
    public static String quoted(String word) {
        if (word.indexOf(0) >= 0) {
            throw new IllegalArgumentException("an argument of a command cannot hold the character 0");
        }
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
