package org.actium.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds technical services of label editions that have its address while they are applied, wherever that is, so that
 * something can happen meanwhile.
 */
public final class Gate implements AutoCloseable {

    private final ServerSocket entrance;

    public Gate() {
        try {
            entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException unable) {
            throw new UncheckedIOException("there is no port to hold anybody at", unable);
        }
    }

    /** What an edition has as {@code gate.txt}. */
    public String address() {
        return "" + entrance.getLocalPort();
    }

    /**
     * Until it is closed.
     *
     * @param meanwhile happens each time that somebody comes, who waits for it
     * @return the names of the nodes to which somebody was applied
     */
    public Set<String> hold(Runnable meanwhile) {
        Set<String> nodes = new TreeSet<>();
        while (!entrance.isClosed()) {
            try (Socket held = entrance.accept()) {
                byte[] name = new byte[held.getInputStream().read()];
                held.getInputStream().readNBytes(name, 0, name.length);
                nodes.add(new String(name, StandardCharsets.UTF_8));
                meanwhile.run();
            } catch (IOException broken) {
                if (!entrance.isClosed()) {
                    throw new UncheckedIOException("who is held has gone", broken);
                }
            }
        }
        return nodes;
    }

    /** Lets all pass. */
    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }
}
