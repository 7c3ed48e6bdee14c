package org.actium.deployment.shell.api;

import java.io.IOException;
import java.util.List;

/** Processes of the operating system, in the working directory and with the environment of this one. */
public final class SystemProcesses implements ProcessStarter {

    @Override
    public Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
