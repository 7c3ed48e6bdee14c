package org.actium.launcher.command;

import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;

/** {@code actium test}, which the script answers itself where there are sources; this is for where there are none. */
public final class SourceTreeCommand implements Command {

    @Override
    public Syntax syntax() {
        return Syntax.of("test", "Builds everything and runs all tests; in a source tree only");
    }

    @Override
    public int run(Options options) {
        throw CommandFailure.usage("this is a distribution, and tests belong to the sources: use ./actium there");
    }
}
