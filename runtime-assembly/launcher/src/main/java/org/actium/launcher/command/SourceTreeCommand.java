package org.actium.launcher.command;

import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;

/** What the script does itself where there are sources; this is for where there are none. */
public final class SourceTreeCommand implements Command {

    private final Syntax syntax;

    private SourceTreeCommand(String name, String summary) {
        this.syntax = Syntax.of(name, summary + "; in a source tree only").passedOn("");
    }

    public static SourceTreeCommand test() {
        return new SourceTreeCommand("test", "Builds everything and runs all tests");
    }

    public static SourceTreeCommand simulate() {
        return new SourceTreeCommand("simulate", "Runs whole runtimes in the simulator, with faults");
    }

    public static SourceTreeCommand torture() {
        return new SourceTreeCommand("torture", "Kills JVMs of an application, and judges what its clients saw");
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public int run(Options options) {
        throw CommandFailure.usage(
                "this is a distribution, and '" + syntax.name() + "' needs the sources: use ./actium there");
    }
}
