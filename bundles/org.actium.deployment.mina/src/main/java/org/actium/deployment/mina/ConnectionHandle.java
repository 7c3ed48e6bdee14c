package org.actium.deployment.mina;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What code knows of a process that it did not start; here it is none of the operating system. */
record ConnectionHandle(Connection connection) implements ProcessHandle {

    @Override
    public long pid() {
        return connection.pid();
    }

    @Override
    public Optional<ProcessHandle> parent() {
        return Optional.empty();
    }

    @Override
    public Stream<ProcessHandle> children() {
        return Stream.empty();
    }

    @Override
    public Stream<ProcessHandle> descendants() {
        return Stream.empty();
    }

    @Override
    public Info info() {
        throw new UnsupportedOperationException("connection " + pid() + " is no process of this host");
    }

    @Override
    public CompletableFuture<ProcessHandle> onExit() {
        return connection.onExit().thenApply(ended -> this);
    }

    @Override
    public boolean supportsNormalTermination() {
        return false;
    }

    @Override
    public boolean destroy() {
        connection.destroy();
        return true;
    }

    @Override
    public boolean destroyForcibly() {
        return destroy();
    }

    @Override
    public boolean isAlive() {
        return connection.isAlive();
    }

    @Override
    public int compareTo(ProcessHandle other) {
        return Long.compare(pid(), other.pid());
    }
}
