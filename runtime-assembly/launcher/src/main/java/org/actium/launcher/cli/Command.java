package org.actium.launcher.cli;

import java.io.IOException;

/** One word after {@code actium}. */
public interface Command {

    Syntax syntax();

    /**
     * @return one of {@link ExitCode}
     * @throws CommandFailure to end with a message
     */
    int run(Options options) throws IOException, InterruptedException;
}
