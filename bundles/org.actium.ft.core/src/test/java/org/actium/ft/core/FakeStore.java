package org.actium.ft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.DomainRecord;
import org.actium.ft.store.api.Fence;
import org.actium.ft.store.api.Lease;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.RefusedException;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;

/** Has one object at first, whose runtime nobody has heard of; keeps objects only, and fails as a test wants it. */
final class FakeStore implements Store {

    static final ObjectRecord OBJECT = new ObjectRecord("o1", 1, "o1", "gone", "run");

    Optional<String> takesNothing = Optional.empty(); // why
    Optional<RuntimeException> readsNothing = Optional.empty();
    Optional<Blob> unreadable = Optional.empty();
    Runnable beforeChunks = () -> {}; // one is read
    Runnable whileReadingObjects = () -> {};
    Optional<String> refused = Optional.empty(); // object
    final List<Batch> batches = new ArrayList<>(); // that were taken
    private final TreeMap<String, ObjectRecord> objects = new TreeMap<>(Map.of(OBJECT.id(), OBJECT));
    private final TreeMap<Long, Blob> checkpoints = new TreeMap<>();

    FakeStore checkpoint(long number, Blob content) {
        checkpoints.put(number, content);
        return this;
    }

    private void requireReadable() {
        readsNothing.ifPresent(failure -> {
            throw failure;
        });
    }

    @Override
    public CompletionStage<Void> commit(Batch batch) {
        if (batch.fences().stream().map(Fence::id).anyMatch(id -> refused.equals(Optional.of(id)))) {
            return CompletableFuture.failedFuture(
                    RefusedException.by(batch.fences().getFirst(), 2));
        }
        if (takesNothing.isEmpty()) {
            batches.add(batch);
            batch.changes().forEach(this::make);
        }
        return takesNothing
                .<CompletionStage<Void>>map(why -> CompletableFuture.failedFuture(new StoreException(why)))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private void make(Change change) {
        if (change instanceof Change.PutObject(ObjectRecord object)) {
            objects.put(object.id(), object);
        }
        if (change instanceof Change.RemoveObject(String id)) {
            objects.remove(id);
        }
    }

    @Override
    public Optional<ObjectRecord> object(String id) {
        requireReadable();
        return Optional.ofNullable(objects.get(id));
    }

    @Override
    public List<ObjectRecord> objects() {
        requireReadable();
        whileReadingObjects.run();
        return List.copyOf(objects.values());
    }

    @Override
    public List<ObjectRecord> objects(String domain) {
        return objects();
    }

    @Override
    public Optional<DomainRecord> domain(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<Lease> lease(String resource) {
        return Optional.empty();
    }

    @Override
    public List<Lease> leases() {
        return List.of();
    }

    @Override
    public List<Long> checkpoints(String object) {
        return List.copyOf(checkpoints.keySet());
    }

    @Override
    public Optional<Checkpoint> checkpoint(String object, long number) {
        return Optional.ofNullable(checkpoints.get(number))
                .map(content -> new Checkpoint(object, number, List.of(content.sha256())));
    }

    @Override
    public Optional<Blob> chunk(String hash) {
        beforeChunks.run();
        requireReadable();
        if (unreadable.filter(content -> content.sha256().equals(hash)).isPresent()) {
            throw new StoreException("database disk image is malformed");
        }
        return checkpoints.values().stream()
                .filter(content -> content.sha256().equals(hash))
                .findFirst();
    }

    @Override
    public List<LogEntry> log(Log log, String domain, long from) {
        return List.of();
    }

    @Override
    public void close() {}
}
