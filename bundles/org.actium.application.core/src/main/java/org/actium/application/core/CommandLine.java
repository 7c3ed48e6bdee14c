package org.actium.application.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Arguments of a command, taken apart: {@code --option value} or {@code --option=value}, {@code --flag}, words, and
 * after {@code --} whatever is not for the command itself.
 */
final class CommandLine {

    private final List<String> words = new ArrayList<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> flags = new HashSet<>();
    private final List<String> rest = new ArrayList<>();

    private CommandLine() {}

    /**
     * @param valued names of the options that want a value, without dashes
     * @param flags names of those that take none
     * @throws UsageException if there are others, or a value is missing
     */
    static CommandLine parse(List<String> arguments, Set<String> valued, Set<String> flags) {
        CommandLine line = new CommandLine();
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String argument = left.remove();
            if (argument.equals("--")) {
                line.rest.addAll(left);
                left.clear();
            } else if (argument.startsWith("--")) {
                line.option(argument.substring(2), left, valued, flags);
            } else {
                line.words.add(argument);
            }
        }
        return line;
    }

    private void option(String option, Deque<String> left, Set<String> valued, Set<String> known) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        if (known.contains(name) && equals < 0) {
            flags.add(name);
        } else if (valued.contains(name)) {
            if (equals < 0 && left.isEmpty()) {
                throw new UsageException("option --" + name + " wants a value");
            }
            String value = equals < 0 ? left.remove() : option.substring(equals + 1);
            values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
        } else if (known.contains(name)) {
            throw new UsageException("option --" + name + " takes no value");
        } else {
            throw new UsageException("unknown option --" + name);
        }
    }

    List<String> words() {
        return Collections.unmodifiableList(words);
    }

    /** What came after {@code --}. */
    List<String> rest() {
        return Collections.unmodifiableList(rest);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    /** @throws UsageException if it was given more than once */
    Optional<String> value(String option) {
        List<String> given = values.getOrDefault(option, List.of());
        if (given.size() > 1) {
            throw new UsageException("option --" + option + " is given " + given.size() + " times");
        }
        return given.stream().findFirst();
    }

    /**
     * The values of an option that is repeated as {@code --option key=value}. The last of two with the same key
     * counts.
     */
    Map<String, String> pairs(String option) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : values.getOrDefault(option, List.of())) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("option --" + option + " wants name=value, not '" + pair + "'");
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }
}
