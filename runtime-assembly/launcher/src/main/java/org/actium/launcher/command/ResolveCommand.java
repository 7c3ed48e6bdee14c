package org.actium.launcher.command;

import java.io.IOException;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.container.Containers;

/** Tells whether an assembly resolves; the build asks. */
public final class ResolveCommand implements Command {

    private final Containers containers;

    public ResolveCommand(Containers containers) {
        this.containers = containers;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("resolve", "Tells whether an assembly resolves")
                .operands("<assembly>", 1, 1)
                .hidden();
    }

    @Override
    public int run(Options options) throws IOException {
        containers.resolve(options.operands().getFirst());
        return ExitCode.OK;
    }
}
