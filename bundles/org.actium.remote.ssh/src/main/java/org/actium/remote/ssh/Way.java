package org.actium.remote.ssh;

import java.io.IOException;
import org.actium.runtime.api.Endpoint;

/**
 * A place behind an ssh server. As an endpoint it is {@code ssh@<server>:<port>} for a port of the server's own loopback, and
 * {@code ssh@<server>/<host>:<port>} for one of a host that the server reaches. The server is a name that ssh understands, with
 * or without {@code user@}.
 */
record Way(String server, String host, int port) {

    private static final String LOOPBACK = "127.0.0.1";

    static Way of(Endpoint endpoint) throws IOException {
        String[] parts = endpoint.host().split("/", -1);
        String host = parts.length == 2 ? parts[1] : LOOPBACK;
        // neither may look like an option to ssh
        if (parts.length > 2 || !parts[0].matches("[A-Za-z0-9_][^\\s]*") || !host.matches("[A-Za-z0-9:._%]+[^\\s]*")) {
            throw new IOException("'" + endpoint + "' is not ssh@<server>:<port> or ssh@<server>/<host>:<port>");
        }
        return new Way(parts[0], host, endpoint.port());
    }

    Endpoint endpoint() {
        return new Endpoint(SshTransport.NAME, host.equals(LOOPBACK) ? server : server + "/" + host, port);
    }

    /** As {@code ssh -W} wants it. */
    String target() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    @Override
    public String toString() {
        return target() + " behind " + server;
    }
}
