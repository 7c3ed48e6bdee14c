package org.actium.deployment.shell.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Stands in for the program of a remote shell on this host, without a process. Offered as a service; it is used where the
 * administrator says so: {@code actium.ssh.client=mina}.
 */
@ConsumerType
public interface ShellClient {

    /** The remote shell whose program it replaces: {@code ssh}. */
    String shell();

    /** What the administrator calls it: {@code mina}. */
    String name();

    /**
     * Begins to connect, and returns at once. If that fails, the process ends with 255 and says why.
     *
     * @param hop the first of a way
     * @param command what the hop has made; its last word is the line for the login shell there
     * @throws IOException if it does not understand the command
     */
    Process start(Hop hop, List<String> command) throws IOException;
}
