package org.actium.itests.support;

import java.io.IOException;
import java.time.Duration;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;

/** Listens with the sockets of the first, and is dialled by nobody. */
public record IdleTransport(Transport first) implements Transport {
    @Override
    public String name() {
        return "other";
    }

    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
        Listener listener = first.listen(new Endpoint(endpoint.host(), endpoint.port()), acceptor);
        Endpoint real = listener.endpoint();
        return new Listener() {
            @Override
            public Endpoint endpoint() {
                return new Endpoint("other", real.host(), real.port());
            }

            @Override
            public void close() {
                listener.close();
            }
        };
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        throw new IOException(endpoint + " is never dialled");
    }
}
