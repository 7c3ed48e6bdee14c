package org.actium.deployment.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.actium.deployment.shell.api.ProcessJob;
import org.actium.deployment.shell.api.ProcessStarter;
import org.actium.deployment.shell.api.RemoteScripts;
import org.actium.deployment.shell.api.RuntimeImage;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.runtime.spi.Threads;

/** The runtime of this distribution, read once, and brought to each host once at a time. */
final class Depot implements AutoCloseable {

    /** Longer than slow lines take for some ten megabytes. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Path home;
    private final ProcessStarter processes;
    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock(); // guards the fields below
    private final Map<List<Hop>, CompletableFuture<Void>> pushes = new HashMap<>(); // those under way
    private Optional<RuntimeImage> image = Optional.empty();
    private Optional<Path> archive = Optional.empty();

    Depot(Path home, ProcessStarter processes, Threads threads) {
        this.home = home;
        this.processes = processes;
        this.threads = threads;
    }

    /** @throws LaunchRejectedException if the distribution cannot be read */
    String digest() {
        lock.lock();
        try {
            if (image.isEmpty()) {
                image = Optional.of(RuntimeImage.of(home));
            }
            return image.get().digest();
        } catch (IOException unreadable) {
            throw new LaunchRejectedException(
                    "the distribution " + home + " cannot be read: " + unreadable.getMessage(), unreadable);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Brings the runtime to the end of the route, or waits for who does so already.
     *
     * @throws LaunchRejectedException if that does not work, with what the other side says
     */
    void push(Route route) {
        var mine = new CompletableFuture<Void>();
        CompletableFuture<Void> first;
        lock.lock();
        try {
            first = pushes.putIfAbsent(route.hops(), mine);
        } finally {
            lock.unlock();
        }
        if (first != null) {
            await(first, route);
            return;
        }
        try {
            carry(route);
            mine.complete(null);
        } catch (RuntimeException failed) {
            mine.completeExceptionally(failed);
            throw failed;
        } finally {
            lock.lock();
            try {
                pushes.remove(route.hops());
            } finally {
                lock.unlock();
            }
        }
    }

    private void carry(Route route) {
        List<String> command = route.command(RemoteScripts.push(digest()));
        try {
            Process process = processes.start(command, Optional.of(archive()));
            var job = new ProcessJob("push to " + route, process, threads, ProcessJob.PATIENCE);
            var end = new CompletableFuture<String>();
            job.whenEnded(end::complete);
            String reason = await(end, route);
            if (!job.exitCode().equals(OptionalInt.of(0))) {
                throw new LaunchRejectedException(reason);
            }
        } catch (IOException failed) {
            throw new LaunchRejectedException(failed.getMessage(), failed);
        }
    }

    private Path archive() throws IOException {
        String digest = digest();
        lock.lock();
        try {
            if (archive.isEmpty()) {
                Path file = Files.createTempFile("actium-runtime-" + digest.substring(0, 8), ".tar.gz");
                archive = Optional.of(file);
                image.orElseThrow().writeTo(file);
            }
            return archive.get();
        } finally {
            lock.unlock();
        }
    }

    private static <T> T await(CompletableFuture<T> end, Route route) {
        try {
            return end.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw new LaunchRejectedException(
                    "the runtime was not at " + route + " within " + LIMIT.toMinutes() + " min", slow);
        } catch (ExecutionException failed) {
            throw new LaunchRejectedException(failed.getCause().getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LaunchRejectedException("interrupted while the runtime was brought to " + route, stopped);
        }
    }

    /** Deletes the archive. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (archive.isPresent()) {
                Files.deleteIfExists(archive.get());
                archive = Optional.empty();
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        } finally {
            lock.unlock();
        }
    }
}
