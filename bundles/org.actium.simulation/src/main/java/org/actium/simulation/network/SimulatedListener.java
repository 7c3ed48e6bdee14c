package org.actium.simulation.network;

import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;

final class SimulatedListener implements Transport.Listener {

    private final NetworkHost host;
    private final Endpoint endpoint;
    private final Transport.Acceptor acceptor;

    SimulatedListener(NetworkHost host, Endpoint endpoint, Transport.Acceptor acceptor) {
        this.host = host;
        this.endpoint = endpoint;
        this.acceptor = acceptor;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    Transport.Acceptor acceptor() {
        return acceptor;
    }

    @Override
    public void close() {
        host.listeners().remove(endpoint.port(), this);
    }
}
