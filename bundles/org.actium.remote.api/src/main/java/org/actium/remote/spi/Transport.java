package org.actium.remote.spi;

import java.io.IOException;
import java.time.Duration;
import org.actium.runtime.api.Endpoint;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes connections that carry frames. Several of them are at work side by side, and come and go while a runtime runs: each
 * is a service, and takes care of the endpoints with its name.
 */
@ConsumerType
public interface Transport {

    /** What endpoints call it, for example {@code tcp}; always the same, and different from that of all others. */
    String name();

    /**
     * Accepts connections until the returned listener is closed.
     *
     * @param acceptor called for each new connection on a thread of its own; the handler it returns gets the frames; an
     *     exception closes the connection
     * @throws IOException if the endpoint cannot be bound, naming it
     */
    Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException;

    /**
     * Opens a connection; blocks at most for the time-out.
     *
     * @throws IOException if nothing accepts there in time
     */
    Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException;

    /** An endpoint being listened at. */
    interface Listener extends AutoCloseable {

        /** Where it listens, with the real port where 0 was asked for. */
        Endpoint endpoint();

        /** Stops accepting; connections already made stay. */
        @Override
        void close();
    }

    /** Decides what happens to an incoming connection. */
    @FunctionalInterface
    interface Acceptor {
        ConnectionHandler accepted(Connection connection);
    }
}
