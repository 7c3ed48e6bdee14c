package org.actium.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a command is written, for its parser and for its help.
 *
 * @param summary what it does, in a line
 * @param operands their form, {@code <descriptor.xml>}; empty for none
 * @param operandCount how many there must be
 * @param verbatim whether arguments are passed on unread, {@code --help} included
 * @param internal whether it is left out of the help because only other commands call it
 */
public record Syntax(
        String name,
        String summary,
        String operands,
        Range operandCount,
        List<Option> options,
        boolean verbatim,
        boolean internal) {

    /**
     * @param name {@code --option}, or one letter, {@code -D}, whose value may follow without a space
     * @param value form of its value, {@code <host:port>}; empty for a flag
     */
    public record Option(String name, String value, String description) {
        boolean isFlag() {
            return value.isEmpty();
        }

        boolean isLetter() {
            return name.length() == 2 && !isFlag();
        }

        String form() {
            return isFlag() ? name : name + " " + value;
        }
    }

    /** Both ends included. */
    public record Range(int from, int to) {}

    public Syntax {
        Objects.requireNonNull(name, "name");
        options = List.copyOf(options);
    }

    /** A command without operands and options. */
    public static Syntax of(String name, String summary) {
        return new Syntax(name, summary, "", new Range(0, 0), List.of(), false, false);
    }

    public Syntax operands(String form, int from, int to) {
        return new Syntax(name, summary, form, new Range(from, to), options, verbatim, internal);
    }

    public Syntax option(String option, String value, String description) {
        var more = new ArrayList<>(options);
        more.add(new Option(option, value, description));
        return new Syntax(name, summary, operands, operandCount, more, verbatim, internal);
    }

    public Syntax flag(String option, String description) {
        return option(option, "", description);
    }

    /** @param form how the arguments are written, as far as the launcher knows */
    public Syntax passedOn(String form) {
        return new Syntax(name, summary, form, operandCount, options, true, internal);
    }

    public Syntax hidden() {
        return new Syntax(name, summary, operands, operandCount, options, verbatim, true);
    }

    Optional<Option> option(String option) {
        return options.stream().filter(known -> known.name().equals(option)).findFirst();
    }

    /** The one-letter option that the argument begins with; its value may be the rest. */
    Optional<Option> letter(String argument) {
        return options.stream()
                .filter(known -> known.isLetter() && argument.startsWith(known.name()))
                .findFirst();
    }

    /** What {@code --help} prints. */
    String help() {
        var text = new StringBuilder("usage: actium " + name);
        if (!operands.isEmpty()) {
            text.append(' ').append(operands);
        }
        text.append(options.isEmpty() ? "" : " [options]")
                .append("\n\n")
                .append(summary)
                .append(".\n");
        if (!options.isEmpty()) {
            text.append('\n').append(optionTable());
        }
        return text.toString();
    }

    private String optionTable() {
        int width = options.stream()
                .mapToInt(option -> option.form().length())
                .max()
                .orElse(0);
        return options.stream()
                .map(option -> "  " + option.form()
                        + " ".repeat(width - option.form().length()) + "  " + option.description() + "\n")
                .collect(Collectors.joining());
    }
}
