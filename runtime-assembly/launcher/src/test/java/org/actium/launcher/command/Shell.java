package org.actium.launcher.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.actium.launcher.cli.Cli;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.Terminal;

/** A terminal that remembers what was written to it. */
final class Shell {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal;

    Shell() {
        this("");
    }

    /** @param input what is typed */
    Shell(String input) {
        terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    Terminal terminal() {
        return terminal;
    }

    /** @return its exit code */
    int run(Command command, String... arguments) {
        out.reset();
        err.reset();
        var line = new ArrayList<>(List.of(command.syntax().name()));
        line.addAll(List.of(arguments));
        return new Cli(List.of(command), terminal).run(line);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
