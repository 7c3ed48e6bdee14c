package org.actium.launcher.container;

import java.util.List;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;

/** Why a container did not start, one line for each thing that is wrong. */
final class StartFailure {

    private StartFailure() {}

    /** @param problems at least one */
    static CommandFailure of(String what, List<String> problems) {
        return new CommandFailure(
                ExitCode.ENVIRONMENT,
                what + ":\n  " + String.join("\n", problems).replace("\n", "\n  "));
    }
}
