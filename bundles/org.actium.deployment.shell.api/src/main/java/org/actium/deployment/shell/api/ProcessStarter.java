package org.actium.deployment.shell.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Starts processes of this host. */
@ConsumerType
public interface ProcessStarter {

    /**
     * Starts the command with standard and error output as one stream. Its standard input ends with this runtime at the latest.
     *
     * @throws IOException if there is no such command, or it may not be run
     */
    Process start(List<String> command) throws IOException;
}
