package org.actium.launcher.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a command, taken apart: {@code --option value} or {@code --option=value}, {@code -L value} or
 * {@code -Lvalue} for an option of one letter, flags, and operands.
 */
public final class Options {

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Options() {}

    /** @throws CommandFailure if they do not have the form that the syntax says */
    public static Options parse(Syntax syntax, List<String> arguments) {
        var options = new Options();
        if (syntax.verbatim()) {
            options.operands.addAll(arguments);
        } else {
            options.read(syntax, arguments.iterator());
        }
        return options;
    }

    private void read(Syntax syntax, Iterator<String> arguments) {
        while (arguments.hasNext()) {
            String argument = arguments.next();
            if (argument.equals("--")) {
                arguments.forEachRemaining(operands::add);
            } else if (argument.startsWith("-") && argument.length() > 1) {
                readOption(syntax, argument, arguments);
            } else {
                operands.add(argument);
            }
        }
        if (operands.size() < syntax.operandCount().from()) {
            throw CommandFailure.usage("wants " + syntax.operands() + "; try 'actium " + syntax.name() + " --help'");
        }
        if (operands.size() > syntax.operandCount().to()) {
            throw CommandFailure.usage("does not know what to do with '"
                    + operands.get(syntax.operandCount().to()) + "'; try 'actium " + syntax.name() + " --help'");
        }
    }

    private void readOption(Syntax syntax, String argument, Iterator<String> arguments) {
        Optional<Syntax.Option> letter = syntax.letter(argument);
        if (letter.isPresent() && argument.length() > letter.get().name().length()) {
            add(letter.get().name(), argument.substring(letter.get().name().length()));
            return;
        }
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        Syntax.Option option = syntax.option(name)
                .orElseThrow(() ->
                        CommandFailure.usage("has no option " + name + "; try 'actium " + syntax.name() + " --help'"));
        if (option.isFlag()) {
            if (equals >= 0) {
                throw CommandFailure.usage("option " + name + " takes no value");
            }
            add(name, "");
        } else if (equals >= 0) {
            add(name, argument.substring(equals + 1));
        } else if (arguments.hasNext()) {
            add(name, arguments.next());
        } else {
            throw CommandFailure.usage("option " + option.form() + " has no value");
        }
    }

    private void add(String name, String value) {
        values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }

    public List<String> operands() {
        return List.copyOf(operands);
    }

    public boolean has(String flag) {
        return values.containsKey(flag);
    }

    /** In the order given. */
    public List<String> values(String option) {
        return List.copyOf(values.getOrDefault(option, List.of()));
    }

    /** @throws CommandFailure if it was given more than once */
    public Optional<String> value(String option) {
        List<String> given = values(option);
        if (given.size() > 1) {
            throw CommandFailure.usage("option " + option + " is given " + given.size() + " times");
        }
        return given.stream().findFirst();
    }

    /** @throws CommandFailure if a value is not a port, 0 included */
    public Optional<Integer> port(String option) {
        return value(option).map(text -> {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
                throw CommandFailure.usage("option " + option + " wants a port from 0 to 65535, not '" + text + "'");
            }
            return Integer.parseInt(text);
        });
    }
}
