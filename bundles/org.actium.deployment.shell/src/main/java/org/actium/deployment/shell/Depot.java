package org.actium.deployment.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
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

    /** Characters of a line that any terminal takes. */
    private static final int LINE = 76;

    private final Path home;
    private final ProcessStarter processes;
    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock(); // guards the fields below
    private final Map<List<Hop>, CompletableFuture<Void>> pushes = new HashMap<>(); // those under way
    private Optional<RuntimeImage> image = Optional.empty();
    private Optional<Path> archive = Optional.empty();
    private Optional<Path> encodedArchive = Optional.empty();

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
        boolean encoded = route.hops().stream().anyMatch(Hop::textOnly);
        try {
            Path file = encoded ? encodedArchive() : archive();
            List<String> command = route.command(RemoteScripts.push(digest(), Files.size(file), encoded));
            Process process = processes.start(command, Optional.of(file));
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

    private Path encodedArchive() throws IOException {
        Path plain = archive();
        lock.lock();
        try {
            if (encodedArchive.isEmpty()) {
                Path file = Files.createTempFile("actium-runtime-", ".base64");
                encodedArchive = Optional.of(file);
                try (OutputStream out =
                        Base64.getMimeEncoder(LINE, new byte[] {'\n'}).wrap(Files.newOutputStream(file))) {
                    Files.copy(plain, out);
                }
            }
            return encodedArchive.get();
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

    /** Deletes the archives. */
    @Override
    public void close() {
        lock.lock();
        try {
            for (Optional<Path> file : List.of(archive, encodedArchive)) {
                if (file.isPresent()) {
                    Files.deleteIfExists(file.get());
                }
            }
            archive = Optional.empty();
            encodedArchive = Optional.empty();
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        } finally {
            lock.unlock();
        }
    }
}
