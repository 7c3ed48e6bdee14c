package org.actium.simulation.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.DomainRecord;
import org.actium.ft.store.api.Lease;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.RefusedException;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.runtime.spi.Threads;
import org.actium.simulation.disk.Disk;

/**
 * A {@link Store} on the disk of a simulated host: its state in memory, and a file with the batches that led to it. All
 * batches that wait become safe with one sync; a thread does that while there are any, and ends when there are none.
 */
public final class SimulatedStore implements Store {

    private static final String FILE = "store";

    /** With more batches than that the file is written anew, as one. */
    private static final int MOST_RECORDS = 100;

    private final Threads threads;
    private final RecordFile file;
    private int records;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private List<Commit> waiting = new ArrayList<>(); // guarded by lock
    private boolean writing; // guarded by lock
    private boolean closed; // guarded by lock
    private StoreState state; // guarded by lock; all of it is safe

    private record Commit(Batch batch, CompletableFuture<Void> done) {}

    private SimulatedStore(Threads threads, RecordFile file, StoreState state) {
        this.threads = threads;
        this.file = file;
        this.state = state;
    }

    /**
     * Opens what is on the disk. Blocks.
     *
     * @throws StoreException if the disk does not work; try again
     */
    public static SimulatedStore open(Disk disk, Threads threads) {
        RecordFile file = new RecordFile(disk, FILE);
        StoreState state = StoreState.empty();
        try {
            for (byte[] record : file.read().records()) {
                state = state.after(batch(record));
            }
            SimulatedStore store = new SimulatedStore(threads, file, state);
            store.rewrite(state);
            return store;
        } catch (IOException failed) {
            throw new StoreException("the store cannot be opened: " + failed.getMessage(), failed);
        }
    }

    @Override
    public CompletionStage<Void> commit(Batch batch) {
        Commit commit = new Commit(Objects.requireNonNull(batch, "batch"), new CompletableFuture<>());
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedStage(isClosed());
            }
            waiting.add(commit);
            if (!writing) {
                writing = true;
                threads.run(this::write);
            }
        } finally {
            lock.unlock();
        }
        return commit.done().minimalCompletionStage();
    }

    private void write() {
        for (List<Commit> group = next(); !group.isEmpty(); group = next()) {
            write(group);
        }
    }

    private List<Commit> next() {
        lock.lock();
        try {
            List<Commit> group = waiting;
            waiting = new ArrayList<>();
            if (group.isEmpty()) {
                writing = false;
                idle.signalAll();
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody is told anything before all of it is safe: a refusal, too, may rest on a batch of the same group. */
    private void write(List<Commit> group) {
        StoreState next = safeState();
        List<byte[]> accepted = new ArrayList<>();
        List<Runnable> outcomes = new ArrayList<>();
        for (Commit commit : group) {
            try {
                next = next.after(commit.batch());
                accepted.add(record(commit.batch()));
                outcomes.add(() -> commit.done().complete(null));
            } catch (RefusedException refused) {
                outcomes.add(() -> commit.done().completeExceptionally(refused));
            }
        }
        try {
            makeSafe(next, accepted);
        } catch (IOException failed) {
            StoreException unknown = new StoreException("the disk of the store failed: " + failed.getMessage(), failed);
            group.forEach(commit -> commit.done().completeExceptionally(unknown));
            return;
        }
        lock.lock();
        try {
            state = next;
        } finally {
            lock.unlock();
        }
        outcomes.forEach(Runnable::run);
    }

    private void makeSafe(StoreState next, List<byte[]> accepted) throws IOException {
        if (!file.isSound() || records + accepted.size() > MOST_RECORDS) {
            rewrite(next);
        } else if (!accepted.isEmpty()) {
            file.append(accepted);
            records += accepted.size();
        }
    }

    private void rewrite(StoreState next) throws IOException {
        file.rewrite(List.of(record(next.asBatch())));
        records = 1;
    }

    private static byte[] record(Batch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(batch);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static Batch batch(byte[] record) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(record))) {
            return (Batch) in.readObject();
        } catch (IOException | ClassNotFoundException impossible) {
            throw new IllegalStateException("a record whose checksum is right is no batch: " + impossible, impossible);
        }
    }

    private static StoreException isClosed() {
        return new StoreException("the store is closed");
    }

    private StoreState safeState() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    private StoreState read() {
        lock.lock();
        try {
            if (closed) {
                throw isClosed();
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ObjectRecord> object(String id) {
        return read().object(id);
    }

    @Override
    public List<ObjectRecord> objects() {
        return read().objects();
    }

    @Override
    public List<ObjectRecord> objects(String domain) {
        return read().objects(domain);
    }

    @Override
    public Optional<DomainRecord> domain(String id) {
        return read().domain(id);
    }

    @Override
    public Optional<Lease> lease(String resource) {
        return read().lease(resource);
    }

    @Override
    public List<Lease> leases() {
        return read().leases();
    }

    @Override
    public List<Long> checkpoints(String object) {
        return List.copyOf(read().checkpoints(object).keySet());
    }

    @Override
    public Optional<Checkpoint> checkpoint(String object, long number) {
        return Optional.ofNullable(read().checkpoints(object).get(number));
    }

    @Override
    public Optional<Blob> chunk(String hash) {
        return read().chunk(hash);
    }

    @Override
    public List<LogEntry> log(Log log, String domain, long from) {
        return List.copyOf(read().entries(log, domain).tailMap(from).values());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (writing) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
