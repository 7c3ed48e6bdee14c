package org.actium.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.runtime.spi.Threads;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on {@code ${actium.state}/console.sock} and gives each connection a session of its own. Who may enter the
 * folder may connect, and that is its owner only: there is no other check.
 */
@Component(service = ConsoleSocket.class, immediate = true)
public final class ConsoleSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSocket.class);
    private static final String STATE = "actium.state";
    private static final String FILE = "console.sock";

    private final CommandProcessor processor;
    private final Threads threads;
    private final Path file;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    @Activate
    public ConsoleSocket(BundleContext context, @Reference CommandProcessor processor, @Reference Threads threads) {
        this(state(context), processor, threads);
    }

    ConsoleSocket(Path state, CommandProcessor processor, Threads threads) {
        this.processor = processor;
        this.threads = threads;
        this.file = state.resolve(FILE);
        try {
            makePrivate(state);
            removeStale(file);
            this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException failed) {
            throw new UncheckedIOException("console socket " + file + ": " + failed.getMessage(), failed);
        }
        bind();
        threads.startReader("console", this::accept);
    }

    private static Path state(BundleContext context) {
        String state = context.getProperty(STATE);
        if (state == null) {
            throw new IllegalStateException(
                    "framework property " + STATE + " is not set; the console socket goes there");
        }
        return Path.of(state);
    }

    private static void makePrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Left behind by a container that was killed; one that lives would answer. */
    private static void removeStale(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            throw new IllegalStateException("another container listens on " + file + "; stop it first");
        } catch (IOException nobodyAnswers) {
            Files.delete(file);
        }
    }

    private void bind() {
        try {
            server.bind(UnixDomainSocketAddress.of(file));
        } catch (IOException failed) {
            closeQuietly(server);
            throw new UncheckedIOException(
                    "console socket " + file + ": " + failed.getMessage()
                            + "; the path may have some 100 bytes, choose a shorter state folder if it has more",
                    failed);
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                connections.add(connection);
                if (!server.isOpen()) { // closed in between, and close() may not have seen the connection
                    closeQuietly(connection);
                }
                threads.start("console-session", () -> serve(connection));
            }
        } catch (ClosedChannelException stopped) {
            LOG.debug("console socket {} closed", file);
        } catch (IOException failed) {
            LOG.error("console socket {} accepts no more connections", file, failed);
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                InputStream in = Channels.newInputStream(connection);
                OutputStream out = Channels.newOutputStream(connection)) {
            new ConsoleSession(processor, in, out).run();
        } catch (IOException gone) {
            LOG.debug("console connection ended: {}", gone.toString());
        } finally {
            connections.remove(connection);
        }
    }

    /** Ends all sessions; a command that is running is not interrupted. */
    @Override
    @Deactivate
    public void close() {
        closeQuietly(server);
        connections.forEach(ConsoleSocket::closeQuietly);
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("console socket {} was not deleted", file, stays);
        }
    }

    private static void closeQuietly(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception failed) {
            LOG.debug("closing {}", channel, failed);
        }
    }
}
