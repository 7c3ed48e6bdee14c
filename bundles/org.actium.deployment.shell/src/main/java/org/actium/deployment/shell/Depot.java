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
import java.util.concurrent.locks.ReentrantLock;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.JavaImage;
import org.actium.deployment.shell.api.ProcessJob;
import org.actium.deployment.shell.api.RemoteScripts;
import org.actium.deployment.shell.api.RemoteScripts.Cargo;
import org.actium.deployment.shell.api.RuntimeImage;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtime of this distribution, and a Java if hosts may get one: each read once, and brought to each host once at a time.
 */
final class Depot implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Depot.class);

    /** Longer than slow lines take for some ten megabytes. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Clients clients;
    private final Threads threads;
    private final Stock<RuntimeImage> runtime;
    private final Optional<Stock<JavaImage>> java;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Way, Delivery> underway = new HashMap<>(); // guarded by lock

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
     * Brings it to the end of the route, unless it is on its way already. Returns at once; the caller has joined the delivery, and
     * leaves it.
     */
    Delivery deliver(Cargo cargo, Route route) {
        var way = new Way(cargo, route.hops());
        var mine = new Delivery("the " + cargo + " for " + route, LIMIT);
        lock.lock();
        try {
            Delivery first = underway.get(way);
            if (first != null && first.join()) {
                return first;
            }
            mine.join();
            underway.put(way, mine);
        } finally {
            lock.unlock();
        }
        mine.whenEnded(() -> remove(way, mine));
        threads.startReader("push to " + route, () -> carry(cargo, route, mine));
        return mine;
    }

    private void remove(Way way, Delivery ended) {
        lock.lock();
        try {
            underway.remove(way, ended);
        } finally {
            lock.unlock();
        }
    }

    private void carry(Cargo cargo, Route route, Delivery delivery) {
        boolean encoded = route.hops().stream().anyMatch(Hop::textOnly);
        try {
            Stock<?> stock = cargo == Cargo.RUNTIME ? runtime : java.orElseThrow();
            Path file = stock.archive(encoded);
            String digest = cargo == Cargo.RUNTIME ? digest() : javaDigest().orElseThrow();
            List<String> command = route.command(RemoteScripts.push(cargo, digest, Files.size(file), encoded));
            Process process = clients.starting(route.hops().getFirst()).start(command);
            var job = new ProcessJob("push to " + route, process, threads, ProcessJob.PATIENCE);
            job.whenEnded(reason -> {
                if (job.exitCode().equals(OptionalInt.of(0))) {
                    delivery.arrived();
                } else {
                    delivery.failed(new LaunchRejectedException(reason));
                }
            });
            delivery.under(job);
            send(file, process, route);
        } catch (LaunchRejectedException failed) {
            delivery.failed(failed);
        } catch (IOException | RuntimeException failed) {
            delivery.failed(new LaunchRejectedException(failed.getMessage(), failed));
        }
    }

    /** From here, not from the file: so the other end sees an end if this runtime is killed. */
    private static void send(Path file, Process process, Route route) {
        try {
            Files.copy(file, process.getOutputStream());
            process.getOutputStream().flush();
        } catch (IOException hasEnded) {
            // its job tells why, better than we could here
            LOG.debug("{} does not take all of {}: {}", route, file, hasEnded.getMessage());
        }
    }

    /** Deletes the archives. */
    @Override
    public void close() {
        runtime.close();
        java.ifPresent(Stock::close);
    }
}
