package org.actium.deployment.descriptor.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actium.deployment.api.DescriptorSource;

/**
 * What was typed behind a command: words, {@code --var name=value}, {@code -Dname=value}, {@code --format name} and
 * {@code --help}.
 */
final class Arguments {

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private String format = "text";
    private boolean help;

    /** @throws WrongUsage if something is not of this form */
    static Arguments parse(String... arguments) {
        var parsed = new Arguments();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.startsWith("-D")) {
                pair("-D", argument.substring(2), parsed.properties);
            } else if (argument.equals("--help")) {
                parsed.help = true;
            } else if (argument.equals("--var") || argument.equals("--format")) {
                if (++i == arguments.length) {
                    throw new WrongUsage("option " + argument + " wants a value");
                }
                parsed.option(argument, arguments[i]);
            } else if (argument.startsWith("--var=") || argument.startsWith("--format=")) {
                int equals = argument.indexOf('=');
                parsed.option(argument.substring(0, equals), argument.substring(equals + 1));
            } else if (argument.startsWith("--")) {
                throw new WrongUsage("unknown option " + argument);
            } else {
                parsed.words.add(argument);
            }
        }
        return parsed;
    }

    private void option(String option, String value) {
        if (option.equals("--format")) {
            format = value;
        } else {
            pair(option, value, variables);
        }
    }

    private static void pair(String option, String pair, Map<String, String> pairs) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            throw new WrongUsage("option " + option + " wants name=value, not '" + pair + "'");
        }
        pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
    }

    List<String> words() {
        return words;
    }

    boolean help() {
        return help;
    }

    /** @throws WrongUsage if it is none of these */
    String format(List<String> known) {
        if (!known.contains(format)) {
            throw new WrongUsage("format '" + format + "' is none of " + String.join(", ", known));
        }
        return format;
    }

    /** @throws WrongUsage if there is one of these, which would be without effect */
    void refuseVariables(String reason) {
        if (!variables.isEmpty() || !properties.isEmpty()) {
            throw new WrongUsage(
                    (variables.isEmpty() ? "option -D" : "option --var") + " has no effect here: " + reason);
        }
    }

    /** @throws Unreadable if the file cannot be read */
    DescriptorSource source(String file) {
        try {
            return new DescriptorSource(file, Files.readAllBytes(Path.of(file)), variables, properties);
        } catch (NoSuchFileException missing) {
            throw new Unreadable("there is no file " + file);
        } catch (InvalidPathException noPath) {
            throw new Unreadable("'" + file + "' is no path: " + noPath.getReason());
        } catch (IOException unreadable) {
            throw new Unreadable(
                    Files.isDirectory(Path.of(file))
                            ? file + " is a directory, not a descriptor"
                            : "cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    /** A file cannot be read; the message says which. */
    static final class Unreadable extends WrongUsage {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /** The command cannot be carried out as it was typed. */
    static sealed class WrongUsage extends RuntimeException permits Unreadable {

        private static final long serialVersionUID = 1;

        WrongUsage(String message) {
            super(message);
        }
    }
}
