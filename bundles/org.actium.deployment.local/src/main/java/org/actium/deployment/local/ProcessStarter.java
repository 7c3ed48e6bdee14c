package org.actium.deployment.local;

import java.io.IOException;
import java.util.List;

/** Starts processes of this host. */
interface ProcessStarter {

    /**
     * Starts the command with standard and error output as one stream.
     *
     * @throws IOException if there is no such command or it may not be run
     */
    Process start(List<String> command) throws IOException;
}
