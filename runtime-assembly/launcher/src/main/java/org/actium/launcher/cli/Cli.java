package org.actium.launcher.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the command and answers for how it ends. */
public final class Cli {

    private static final Syntax HELP =
            Syntax.of("help", "Prints this, or what a command does").operands("[command]", 0, 1);

    private final List<Command> commands;
    private final Terminal terminal;

    /** @param commands in the order in which the help lists them */
    public Cli(List<Command> commands, Terminal terminal) {
        this.commands = List.copyOf(commands);
        this.terminal = terminal;
    }

    /** @return the exit code for the shell */
    public int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            return refuse("which command?");
        }
        String name = arguments.getFirst();
        List<String> rest = arguments.subList(1, arguments.size());
        return switch (name) {
            case "help", "--help", "-h" -> help(rest);
            case "--version" -> run("version", List.of());
            default -> run(name, rest);
        };
    }

    private int run(String name, List<String> arguments) {
        return find(name).map(command -> run(command, arguments)).orElseGet(() -> refuse(unknown(name)));
    }

    private int run(Command command, List<String> arguments) {
        Syntax syntax = command.syntax();
        if (!syntax.verbatim() && asksForHelp(arguments)) {
            return print(syntax.help());
        }
        try {
            return command.run(Options.parse(syntax, arguments));
        } catch (CommandFailure failure) {
            terminal.err().println("actium " + syntax.name() + ": " + failure.getMessage());
            return failure.exitCode();
        } catch (IOException failure) {
            terminal.err().println("actium " + syntax.name() + ": " + failure);
            return ExitCode.FAILED;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private static boolean asksForHelp(List<String> arguments) {
        return arguments.stream()
                .takeWhile(argument -> !argument.equals("--"))
                .anyMatch(argument -> argument.equals("--help") || argument.equals("-h"));
    }

    private int help(List<String> names) {
        if (names.isEmpty()) {
            return print(overview());
        }
        String name = names.getFirst();
        return name.equals("help") || name.startsWith("-") ? print(HELP.help()) : run(name, List.of("--help"));
    }

    private String overview() {
        List<Syntax> listed = Stream.concat(commands.stream().map(Command::syntax), Stream.of(HELP))
                .filter(syntax -> !syntax.internal())
                .toList();
        int width =
                listed.stream().mapToInt(syntax -> syntax.name().length()).max().orElse(0);
        return "usage: actium <command> [arguments]\n\n"
                + listed.stream()
                        .map(syntax -> "  " + syntax.name()
                                + " ".repeat(width - syntax.name().length()) + "  " + syntax.summary() + "\n")
                        .collect(Collectors.joining())
                + """

                'actium <command> --help' says more. Exit codes: 0 done; 1 failed while working; 2 wrong usage or bad
                input; 3 this machine is not ready (JDK, port, already started); 4 no container is running.
                """;
    }

    private static String unknown(String name) {
        return "there is no command '" + name + "'";
    }

    private Optional<Command> find(String name) {
        return commands.stream()
                .filter(command -> command.syntax().name().equals(name))
                .findFirst();
    }

    private int print(String text) {
        terminal.out().print(text);
        terminal.out().flush();
        return ExitCode.OK;
    }

    private int refuse(String message) {
        terminal.err().print("actium: " + message + "\n\n" + overview());
        return ExitCode.USAGE;
    }
}
