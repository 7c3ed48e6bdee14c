package org.actium.deployment.shell.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Processes of the operating system, in the working directory and with the environment of this one. */
public final class SystemProcesses implements ProcessStarter {

    @Override
    public Process start(List<String> command, Optional<Path> input) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        input.map(Path::toFile).ifPresent(builder::redirectInput);
        return builder.start();
    }
}
