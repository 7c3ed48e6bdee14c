package org.actium.ssh.api;

import java.io.IOException;
import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens sessions with ssh servers, with the keys of the user. Nobody is asked for anything: a host whose key is not known is
 * refused, and none is added to those that are.
 */
@ConsumerType
public interface SshSessions {

    /** What the administrator calls it: {@code mina}. */
    String name();

    /**
     * Connects and authenticates; blocks until that is done.
     *
     * @param timeout for both together
     * @throws IOException saying why not, in the words of the program {@code ssh}
     */
    SshSession open(SshServer server, Duration timeout) throws IOException;
}
