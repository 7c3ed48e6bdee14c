package org.actium.conformance;

import java.io.IOException;
import java.time.Duration;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;

/** Another transport over the same wires, with ports of its own. */
record SecondTransport(String name, Transport wires) implements Transport {

    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
        Listener listener = wires.listen(onWires(endpoint), acceptor);
        return new Listener() {
            @Override
            public Endpoint endpoint() {
                return new Endpoint(
                        name, listener.endpoint().host(), listener.endpoint().port());
            }

            @Override
            public void close() {
                listener.close();
            }
        };
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        return wires.dial(onWires(endpoint), timeout, handler);
    }

    private Endpoint onWires(Endpoint endpoint) {
        if (!endpoint.transport().equals(name)) {
            throw new IllegalArgumentException(endpoint + " is not for the transport '" + name + "'");
        }
        return new Endpoint(wires.name(), endpoint.host(), endpoint.port());
    }
}
