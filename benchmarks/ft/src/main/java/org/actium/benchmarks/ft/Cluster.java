package org.actium.benchmarks.ft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.ft.api.RecoveryListener;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.core.StoreServer;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogSize;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.sql.SqliteStore;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;

/**
 * A runtime of this JVM, which calls, and JVMs with the objects that are called. Protected ones have the server here, with a
 * store on disk, as {@code actium run} has it.
 */
final class Cluster implements AutoCloseable {

    static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);
    static final String RUN = "benchmark";

    /** As of containers. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** As of containers. */
    static final Duration TTC = Duration.ofSeconds(30);

    private static final Duration BEAT = Duration.ofMillis(250);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Protection protection;
    private final Duration ttc;
    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Ports ports = new Ports(time, threads, new SystemRandom());
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(time));
    private final List<Worker> workers = new ArrayList<>();
    private final EmbeddedRuntime here;
    private Optional<Protected> server = Optional.empty();
    private int started;

    private record Protected(Path directory, Store store, StoreServer server) {

        /** What the file and those beside it take. */
        long bytes() {
            try (Stream<Path> files = Files.list(directory)) {
                return files.mapToLong(file -> file.toFile().length()).sum(); // 0 of one that has gone meanwhile
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private Cluster(Protection protection, Duration ttc) {
        this.protection = protection;
        this.ttc = ttc;
        this.here = open(new EmbeddedRuntime("here", ports, new TcpTransport(threads), LOOPBACK));
    }

    static RecoverableObjects.Settings settings(Duration ttc) {
        return new RecoverableObjects.Settings(BEAT, AGAIN, ttc);
    }

    /** With the settings of containers, and two workers. */
    static Cluster start(Protection protection) throws IOException {
        return start(protection, TTC, event -> {});
    }

    /** @param listener hears what the server does, if there is one */
    static Cluster start(Protection protection, Duration ttc, RecoveryListener listener) throws IOException {
        Cluster cluster = new Cluster(protection, ttc);
        try {
            if (protection == Protection.PML) {
                cluster.protect(listener);
            }
            cluster.add();
            cluster.add();
            return cluster;
        } catch (IOException | RuntimeException failed) {
            cluster.close();
            throw failed;
        }
    }

    private void protect(RecoveryListener listener) throws IOException {
        Path directory = Files.createTempDirectory("ft");
        opened.add(() -> delete(directory));
        Store store = SqliteStore.open(directory.resolve("store.db"), threads);
        StoreServer storeServer = open(new StoreServer(store, time, here.remoteObjects(), PATIENCE, listener));
        open(new RecoverableActiveObjects(
                here.recoverableBodies(),
                new RecoverableObjects.Ports(
                        here.links().self(),
                        here.remoteObjects(),
                        () -> here.links().self(),
                        () -> RUN,
                        ports),
                RecoverableActiveObjects.Hosting.none(),
                settings(ttc)));
        server = Optional.of(new Protected(directory, store, storeServer));
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** Another worker. */
    void add() throws IOException {
        workers.add(open(Worker.start("worker-" + ++started, here, protection, ttc)));
    }

    /** @param worker of those that there are, from 0 */
    <T> T create(Class<T> type, int worker, Object... arguments) {
        return here.objects()
                .newActive(type, arguments)
                .on(workers.get(worker).node(here))
                .start();
    }

    /** Of this JVM, which nobody recovers. */
    <T> T createHere(Class<T> type, Object... arguments) {
        return here.objects().newActive(type, arguments).start();
    }

    Protection protection() {
        return protection;
    }

    RecoveryStatus status() {
        return server.orElseThrow().server().status(Optional.empty());
    }

    /** @return when it was killed, of {@link System#nanoTime} */
    long kill(String name) {
        Worker victim = workers.stream()
                .filter(worker -> worker.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalStateException("there is no worker '" + name + "'"));
        workers.remove(victim);
        long now = System.nanoTime();
        victim.kill();
        return now;
    }

    /** What the store takes on disk. */
    long storeBytes() {
        return server.orElseThrow().bytes();
    }

    /** What all objects together have in their logs. */
    LogSize logs() {
        Store store = server.orElseThrow().store();
        long entries = 0;
        long bytes = 0;
        for (ObjectRecord object : store.objects()) {
            LogSize log = store.logSize(Log.INPUT, object.domain());
            entries += log.entries();
            bytes += log.bytes();
        }
        return new LogSize(entries, bytes);
    }

    @Override
    public void close() {
        for (AutoCloseable resource : opened.reversed()) {
            try {
                resource.close();
            } catch (Exception failed) {
                System.err.println("not closed as it should be: " + failed);
            }
        }
    }
}
