package org.actium.remote.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
     * Whether it reaches others through somebody whom both can reach. Such a one listens at no place of its own, and is asked to
     * listen only if the runtime accepts no connections by itself.
     */
    default boolean isIndirect() {
        return false;
    }

    /**
     * Tries which of a runtime's endpoints can be reached; may block for a second. Called where there is more than one.
     *
     * @param endpoints of this transport
     * @return the same, in the order in which to dial them
     */
    default List<Endpoint> probe(List<Endpoint> endpoints) {
        return endpoints;
    }

    /** Endpoints of this transport that lead where that one of another does, for when it cannot be reached itself. */
    default List<Endpoint> detours(Endpoint endpoint) {
        return List.of();
    }

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
     * @throws PeerRefusedException if whoever accepts there is no member of this runtime's domain
     * @throws NothingListensException if its host says that nobody accepts there
     * @throws IOException if nothing accepts there in time
     */
    Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException;

    /**
     * Opens a connection to a runtime of another domain, which this one wants to join: its {@link Connection#identity}
     * is at best that of a stranger. Otherwise like {@link #dial}.
     */
    default Connection dialStranger(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        return dial(endpoint, timeout, handler);
    }

    /** An endpoint being listened at. */
    interface Listener extends AutoCloseable {

        /** Where it listens, with the real port where 0 was asked for. */
        Endpoint endpoint();

        /** Where others may reach it, the likeliest first: more than one if this host has several addresses. */
        default List<Endpoint> endpoints() {
            return List.of(endpoint());
        }

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
