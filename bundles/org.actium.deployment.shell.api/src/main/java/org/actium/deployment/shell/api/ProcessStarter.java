package org.actium.deployment.shell.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Starts processes of this host. */
@ConsumerType
public interface ProcessStarter {

    /**
     * Starts the command with standard and error output as one stream.
     *
     * @param input a file that is its standard input; if empty, whoever starts it writes there
     * @throws IOException if there is no such command or file, or it may not be run or read
     */
    Process start(List<String> command, Optional<Path> input) throws IOException;
}
