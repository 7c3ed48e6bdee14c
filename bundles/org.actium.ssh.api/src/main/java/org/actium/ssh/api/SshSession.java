package org.actium.ssh.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import org.actium.runtime.api.Endpoint;
import org.osgi.annotation.versioning.ConsumerType;

/** An authenticated connection to an ssh server. It ends, with all that goes through it, when a server is silent for 15 s. */
@ConsumerType
public interface SshSession extends AutoCloseable {

    /**
     * Gives a line to the login shell there, and blocks until it has ended.
     *
     * @param input is closed at the end
     * @param output gets what it writes, errors too; is not closed
     * @return the exit code; empty if the connection ended before
     */
    OptionalInt execute(String line, InputStream input, OutputStream output) throws IOException;

    /** Lets a port of the loopback there lead to a place that is reached from here. A server that allows none is no failure. */
    void leadBack(int port, Endpoint here);

    /**
     * Connects to a place that the server reaches.
     *
     * @throws IOException that names server and place, and says why not
     */
    SshStream connect(String host, int port, Duration timeout) throws IOException;

    /** Ends it when what was written is through, or after some seconds if the other side hangs; blocks until then. */
    @Override
    void close();

    /** Ends it at once, from any thread. */
    void cut();
}
