package org.actium.deployment.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.JavaImage;
import org.actium.deployment.shell.api.ProcessJob;
import org.actium.deployment.shell.api.RemoteScripts;
import org.actium.deployment.shell.api.RemoteScripts.Cargo;
import org.actium.deployment.shell.api.RuntimeImage;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.runtime.spi.Threads;

/**
 * The runtime of this distribution, and a Java if hosts may get one: each read once, and brought to each host once at a time.
 */
final class Depot implements AutoCloseable {

    /** Longer than slow lines take for some ten megabytes. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Clients clients;
    private final Threads threads;
    private final Stock<RuntimeImage> runtime;
    private final Optional<Stock<JavaImage>> java;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Way, CompletableFuture<Void>> pushes = new HashMap<>(); // those under way; guarded by lock

    private record Way(Cargo cargo, List<Hop> hops) {}

    /**
     * @param home directory of the distribution
     * @param javaHome of the JDK from which hosts get a Java, if they may
     * @param archives directory for what is sent
     */
    Depot(Path home, Optional<Path> javaHome, Path archives, Clients clients, Threads threads) {
        this.clients = clients;
        this.threads = threads;
        this.runtime = new Stock<>(() -> RuntimeImage.of(home), RuntimeImage::writeTo, archives);
        this.java = javaHome.map(directory -> new Stock<>(
                () -> JavaImage.of(directory), (image, file) -> image.writeTo(file, clients.programs()), archives));
    }

    /** @throws LaunchRejectedException if the distribution cannot be read */
    String digest() {
        try {
            return runtime.image().digest();
        } catch (IOException unreadable) {
            throw new LaunchRejectedException(
                    "the distribution cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Of the Java that hosts get, if they may.
     *
     * @throws LaunchRejectedException if the one that runs here cannot be read
     */
    Optional<String> javaDigest() {
        return java.map(stock -> {
            try {
                return stock.image().digest();
            } catch (IOException unreadable) {
                throw new LaunchRejectedException(
                        "no Java can be brought to other hosts: " + unreadable.getMessage(), unreadable);
            }
        });
    }

    /**
     * Brings it to the end of the route, or waits for who does so already.
     *
     * @throws LaunchRejectedException if that does not work, with what the other side says
     */
    void push(Cargo cargo, Route route) {
        var way = new Way(cargo, route.hops());
        var mine = new CompletableFuture<Void>();
        CompletableFuture<Void> first;
        lock.lock();
        try {
            first = pushes.putIfAbsent(way, mine);
        } finally {
            lock.unlock();
        }
        if (first != null) {
            await(first, cargo, route);
            return;
        }
        try {
            carry(cargo, route);
            mine.complete(null);
        } catch (RuntimeException failed) {
            mine.completeExceptionally(failed);
            throw failed;
        } finally {
            lock.lock();
            try {
                pushes.remove(way);
            } finally {
                lock.unlock();
            }
        }
    }

    private void carry(Cargo cargo, Route route) {
        boolean encoded = route.hops().stream().anyMatch(Hop::textOnly);
        try {
            Stock<?> stock = cargo == Cargo.RUNTIME ? runtime : java.orElseThrow();
            Path file = stock.archive(encoded);
            String digest = cargo == Cargo.RUNTIME ? digest() : javaDigest().orElseThrow();
            List<String> command = route.command(RemoteScripts.push(cargo, digest, Files.size(file), encoded));
            Process process = clients.starting(route.hops().getFirst()).start(command, Optional.of(file));
            var job = new ProcessJob("push to " + route, process, threads, ProcessJob.PATIENCE);
            var end = new CompletableFuture<String>();
            job.whenEnded(end::complete);
            String reason = await(end, cargo, route);
            if (!job.exitCode().equals(OptionalInt.of(0))) {
                throw new LaunchRejectedException(reason);
            }
        } catch (IOException failed) {
            throw new LaunchRejectedException(failed.getMessage(), failed);
        }
    }

    private static <T> T await(CompletableFuture<T> end, Cargo cargo, Route route) {
        try {
            return end.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw new LaunchRejectedException(
                    "the " + cargo + " was not at " + route + " within " + LIMIT.toMinutes() + " min", slow);
        } catch (ExecutionException failed) {
            throw new LaunchRejectedException(failed.getCause().getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LaunchRejectedException("interrupted while the " + cargo + " was brought to " + route, stopped);
        }
    }

    /** Deletes the archives. */
    @Override
    public void close() {
        runtime.close();
        java.ifPresent(Stock::close);
    }
}
