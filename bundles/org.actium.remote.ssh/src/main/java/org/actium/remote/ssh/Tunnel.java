package org.actium.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port of this host's loopback that leads one connection through a passage. The passage ends with the connection, and the
 * connection with it.
 */
final class Tunnel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

    private final ServerSocket entrance;
    private final Passage passage;

    private Tunnel(ServerSocket entrance, Passage passage) {
        this.entrance = entrance;
        this.passage = passage;
    }

    static Tunnel through(Passage passage, Threads threads) throws IOException {
        ServerSocket entrance;
        try {
            entrance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            passage.cut();
            throw failed;
        }
        Tunnel tunnel = new Tunnel(entrance, passage);
        try {
            threads.startReader(passage.name(), () -> tunnel.forward(threads));
        } catch (RuntimeException | Error noThread) {
            tunnel.close();
            throw new IOException("there is no thread for " + passage.name() + ": " + noThread, noThread);
        }
        return tunnel;
    }

    /** Where to dial. The first connection is the one. */
    Endpoint entrance() {
        return new Endpoint("127.0.0.1", entrance.getLocalPort());
    }

    private void forward(Threads threads) {
        try (entrance) {
            Socket socket = entrance.accept();
            socket.setTcpNoDelay(true);
            entrance.close();
            startSending(socket, threads);
            pump(socket, false); // closes the socket, with which the other one ends
        } catch (IOException closed) {
            LOG.debug("{}: nothing is forwarded", passage.name(), closed);
            passage.cut();
        }
    }

    private void startSending(Socket socket, Threads threads) throws IOException {
        try {
            threads.startReader(passage.name() + "-out", () -> sendAll(socket));
        } catch (RuntimeException | Error noThread) {
            socket.close();
            throw new IOException("there is no thread that sends", noThread);
        }
    }

    private void sendAll(Socket socket) {
        pump(socket, true);
        passage.finish();
    }

    private void pump(Socket socket, boolean outwards) {
        try (InputStream in = outwards ? socket.getInputStream() : passage.input();
                OutputStream out = outwards ? passage.output() : socket.getOutputStream()) {
            byte[] buffer = new byte[64 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException ended) {
            LOG.debug("{}: the connection has ended", passage.name(), ended);
        }
    }

    /** What ssh has to say; ends it. */
    String complaint() {
        try {
            return passage.complaint();
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        passage.cut();
        try {
            entrance.close();
        } catch (IOException harmless) {
            LOG.debug("closing failed", harmless);
        }
    }
}
