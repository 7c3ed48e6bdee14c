package org.actium.deployment.mina;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.actium.ssh.api.SshSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command on another host, as a process: its input goes there, what it writes comes back, and it ends with the exit code there,
 * or with 255 if the connection fails, as the program {@code ssh} does.
 */
final class Connection extends Process {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int FAILED = 255;
    private static final int KILLED = 137;

    /** Opens the session. */
    interface Dialling {
        SshSession open() throws IOException;
    }

    private final long number;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CompletableFuture<SshSession> session = new CompletableFuture<>();
    private final OutputStream input; // of the command, for whoever has started it
    private final InputStream inputThere;
    private final InputStream output;
    private final OutputStream outputHere;

    Connection(long number) throws IOException {
        this.number = number;
        Pipe in = Pipe.open();
        this.inputThere = Channels.newInputStream(in.source());
        this.input = Channels.newOutputStream(in.sink());
        Pipe out = Pipe.open();
        this.output = new ClosedAtItsEnd(Channels.newInputStream(out.source()));
        this.outputHere = Channels.newOutputStream(out.sink());
    }

    /** Whoever reads what a process writes reads to the end of it, and seldom closes it. */
    private static final class ClosedAtItsEnd extends FilterInputStream {

        private boolean ended;

        ClosedAtItsEnd(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return ended ? -1 : closedAtEnd(in.read());
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return ended ? -1 : closedAtEnd(in.read(bytes, from, length));
        }

        private int closedAtEnd(int read) throws IOException {
            if (read < 0) {
                ended = true;
                in.close();
            }
            return read;
        }
    }

    /** Dials, and returns when the command has ended there. */
    void run(Dialling dialling, String line) {
        int code = FAILED;
        try (SshSession open = dialling.open()) {
            session.complete(open);
            if (exit.isDone()) {
                return; // destroyed meanwhile
            }
            code = executed(open, line);
        } catch (IOException | RuntimeException failed) {
            say(failed.getMessage());
        } finally {
            session.cancel(false);
            close();
            exit.complete(code);
        }
    }

    private int executed(SshSession open, String line) throws IOException {
        OptionalInt status = open.execute(line, inputThere, outputHere);
        if (status.isEmpty()) {
            say("the connection was closed");
        }
        return status.orElse(FAILED);
    }

    private void say(String words) {
        new PrintStream(outputHere, true, StandardCharsets.UTF_8).println(words);
    }

    private void close() {
        for (Closeable stream : List.of(inputThere, input, outputHere)) {
            try {
                stream.close();
            } catch (IOException closed) {
                LOG.debug("connection {} was closed before: {}", number, closed.getMessage());
            }
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return input;
    }

    @Override
    public InputStream getInputStream() {
        return output;
    }

    /** All it writes is one stream. */
    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            exit.get(timeout, unit);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public int exitValue() {
        if (!exit.isDone()) {
            throw new IllegalThreadStateException("connection " + number + " has not ended");
        }
        return exit.join();
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return exit.thenApply(code -> this);
    }

    /** Cuts the connection; what runs there sees the end of its input. */
    @Override
    public void destroy() {
        exit.complete(KILLED);
        session.thenAccept(SshSession::cut);
    }

    @Override
    public Process destroyForcibly() {
        destroy();
        return this;
    }

    /** Which of the connections of this client it is. */
    @Override
    public long pid() {
        return number;
    }

    @Override
    public ProcessHandle toHandle() {
        return new ConnectionHandle(this);
    }

    @Override
    public Stream<ProcessHandle> descendants() {
        return Stream.empty();
    }

    @Override
    public Stream<ProcessHandle> children() {
        return Stream.empty();
    }
}
