package org.actium.remote.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;

/** Sockets of a host that may dial nowhere: a firewall lets nothing out. */
record Walled(Transport inner, Queue<Endpoint> tried) implements Transport {

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public List<Endpoint> probe(List<Endpoint> endpoints) {
        return endpoints;
    }

    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
        return inner.listen(endpoint, acceptor);
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        tried.add(endpoint);
        throw new IOException(endpoint + ": the firewall lets nothing out");
    }
}
