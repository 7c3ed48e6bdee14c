package org.actium.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ssh process that forwards one connection between a port of this host's loopback and the place it was started for. It ends
 * with the connection, and the connection with it.
 */
final class Tunnel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

    /** More of what ssh says is of no use in a message. */
    private static final int SAID_BYTES = 1000;

    private static final long END_MILLIS = 2000;

    private final ServerSocket entrance;
    private final Process ssh;
    private final CompletableFuture<String> said = new CompletableFuture<>();

    private Tunnel(ServerSocket entrance, Process ssh) {
        this.entrance = entrance;
        this.ssh = ssh;
    }

    /** @throws IOException if ssh cannot be started */
    static Tunnel start(List<String> command, Threads threads) throws IOException {
        ServerSocket entrance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try {
            Tunnel tunnel = new Tunnel(entrance, new ProcessBuilder(command).start());
            String name = "ssh-" + tunnel.ssh.pid();
            threads.startReader(name + "-errors", tunnel::listenToSsh);
            threads.startReader(name, () -> tunnel.forward(threads, name));
            return tunnel;
        } catch (IOException failed) {
            entrance.close();
            throw new IOException("'" + command.getFirst() + "' cannot be started: " + failed.getMessage(), failed);
        }
    }

    /** Where to dial. The first connection is the one. */
    Endpoint entrance() {
        return new Endpoint("127.0.0.1", entrance.getLocalPort());
    }

    private void forward(Threads threads, String name) {
        try (entrance) {
            Socket socket = entrance.accept();
            socket.setTcpNoDelay(true);
            threads.startReader(name + "-out", () -> sendAll(socket));
            pump(socket, false); // closes the socket, with which the other one ends
        } catch (IOException closed) {
            LOG.debug("{}: nothing is forwarded", name, closed);
            ssh.destroy();
        }
    }

    /** What was sent before the connection was closed arrives; then ssh ends by itself, unless the other side hangs. */
    private void sendAll(Socket socket) {
        pump(socket, true);
        try {
            if (!ssh.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                ssh.destroy();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            ssh.destroy();
        }
    }

    private void pump(Socket socket, boolean outwards) {
        try (InputStream in = outwards ? socket.getInputStream() : ssh.getInputStream();
                OutputStream out = outwards ? ssh.getOutputStream() : socket.getOutputStream()) {
            byte[] buffer = new byte[64 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException ended) {
            LOG.debug("ssh process {}: the connection has ended", ssh.pid(), ended);
        }
    }

    private void listenToSsh() {
        StringBuilder text = new StringBuilder();
        try (InputStream errors = ssh.getErrorStream()) {
            byte[] buffer = new byte[SAID_BYTES];
            for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
                if (text.length() < SAID_BYTES) {
                    text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException ended) {
            LOG.debug("ssh process {} says no more", ssh.pid(), ended);
        }
        said.complete(text.toString().strip().replaceAll("\\s*\\R\\s*", "; "));
    }

    /** What ssh had to say; it is stopped if it does not end soon. */
    String complaint() {
        try {
            if (!ssh.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                return "ssh has not ended";
            }
            String words = said.get(END_MILLIS, TimeUnit.MILLISECONDS); // stopping it would lose them
            return words.isEmpty() ? "ssh said nothing" : words;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException | TimeoutException silent) {
            return "ssh says nothing";
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        ssh.destroy();
        try {
            entrance.close();
        } catch (IOException harmless) {
            LOG.debug("closing failed", harmless);
        }
    }
}
