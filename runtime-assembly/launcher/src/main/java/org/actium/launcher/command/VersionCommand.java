package org.actium.launcher.command;

import java.io.IOException;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.container.Home;

/** {@code actium version}. */
public final class VersionCommand implements Command {

    private final Home home;
    private final Terminal terminal;

    public VersionCommand(Home home, Terminal terminal) {
        this.home = home;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("version", "Prints the version of Actium and of the JVM it runs on");
    }

    @Override
    public int run(Options options) throws IOException {
        terminal.out().println("actium " + home.version());
        terminal.out()
                .println("java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ") in "
                        + System.getProperty("java.home"));
        terminal.out().println("home " + home.directory());
        return ExitCode.OK;
    }
}
