package org.actium.simulation.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

/** What is in a store at one moment; never changed once others can see it. */
final class StoreState {

    private final TreeMap<String, ObjectRecord> objects = new TreeMap<>();
    private final TreeMap<String, DomainRecord> domains = new TreeMap<>();
    private final TreeMap<String, Lease> leases = new TreeMap<>();
    private final TreeMap<String, Blob> chunks = new TreeMap<>();
    private final TreeMap<String, TreeMap<Long, Checkpoint>> checkpoints = new TreeMap<>();
    private final Map<Log, TreeMap<String, TreeMap<Long, LogEntry>>> logs = new EnumMap<>(Log.class);

    private StoreState() {
        for (Log log : Log.values()) {
            logs.put(log, new TreeMap<>());
        }
    }

    static StoreState empty() {
        return new StoreState();
    }

    /** @throws RefusedException if the batch is refused */
    StoreState after(Batch batch) {
        for (Fence fence : batch.fences()) {
            long found = current(fence.kind(), fence.id());
            if (found != fence.current()) {
                throw RefusedException.by(fence, found);
            }
        }
        StoreState next = copy();
        batch.changes().forEach(next::apply);
        return next;
    }

    private StoreState copy() {
        StoreState copy = new StoreState();
        copy.objects.putAll(objects);
        copy.domains.putAll(domains);
        copy.leases.putAll(leases);
        copy.chunks.putAll(chunks);
        checkpoints.forEach((object, all) -> copy.checkpoints.put(object, new TreeMap<>(all)));
        logs.forEach((log, domainLogs) ->
                domainLogs.forEach((domain, entries) -> copy.logs.get(log).put(domain, new TreeMap<>(entries))));
        return copy;
    }

    private void apply(Change change) {
        switch (change) {
            case Change.PutObject(ObjectRecord object) -> {
                requireNotBack(Fence.Kind.OBJECT, object.id(), object.incarnation());
                objects.put(object.id(), object);
            }
            case Change.RemoveObject(String id) -> {
                objects.remove(id);
                checkpoints.remove(id);
            }
            case Change.PutDomain(DomainRecord domain) -> {
                requireNotBack(Fence.Kind.DOMAIN, domain.id(), domain.epoch());
                domains.put(domain.id(), domain);
            }
            case Change.RemoveDomain(String id) -> {
                domains.remove(id);
                logs.values().forEach(ofDomains -> ofDomains.remove(id));
            }
            case Change.PutLease(Lease lease) -> {
                requireNotBack(Fence.Kind.RESOURCE, lease.resource(), lease.term());
                leases.put(lease.resource(), lease);
            }
            case Change.PutChunk(Blob bytes) -> chunks.put(bytes.sha256(), bytes);
            case Change.PutCheckpoint(Checkpoint checkpoint) -> put(checkpoint);
            case Change.DropCheckpoints(String object, long below) ->
                checkpoints(object).headMap(below).clear();
            case Change.DropUnusedChunks() -> chunks.keySet().retainAll(usedChunks());
            case Change.Append(LogEntry entry) -> append(entry);
            case Change.TrimLog(Log log, String domain, long below) ->
                entries(log, domain).headMap(below).clear();
        }
    }

    private void put(Checkpoint checkpoint) {
        for (String hash : checkpoint.chunks()) {
            if (!chunks.containsKey(hash)) {
                throw RefusedException.chunkMissing(checkpoint, hash);
            }
        }
        checkpoints
                .computeIfAbsent(checkpoint.object(), object -> new TreeMap<>())
                .put(checkpoint.number(), checkpoint);
    }

    private void append(LogEntry entry) {
        TreeMap<Long, LogEntry> entries =
                logs.get(entry.log()).computeIfAbsent(entry.domain(), domain -> new TreeMap<>());
        if (!entries.isEmpty() && entry.number() <= entries.lastKey()) {
            throw RefusedException.notAfter(entry, entries.lastKey());
        }
        entries.put(entry.number(), entry);
    }

    private Set<String> usedChunks() {
        return checkpoints.values().stream()
                .flatMap(all -> all.values().stream())
                .flatMap(checkpoint -> checkpoint.chunks().stream())
                .collect(Collectors.toSet());
    }

    private void requireNotBack(Fence.Kind kind, String id, long to) {
        long found = current(kind, id);
        if (to < found) {
            throw RefusedException.goesBack(kind, id, found, to);
        }
    }

    private long current(Fence.Kind kind, String id) {
        Optional<Long> found = switch (kind) {
            case OBJECT -> object(id).map(ObjectRecord::incarnation);
            case DOMAIN -> domain(id).map(DomainRecord::epoch);
            case RESOURCE -> lease(id).map(Lease::term);
        };
        return found.orElse(0L);
    }

    /** Makes this state out of an empty one. */
    Batch asBatch() {
        List<Change> changes = new ArrayList<>();
        objects.values().forEach(object -> changes.add(new Change.PutObject(object)));
        domains.values().forEach(domain -> changes.add(new Change.PutDomain(domain)));
        leases.values().forEach(lease -> changes.add(new Change.PutLease(lease)));
        chunks.values().forEach(chunk -> changes.add(new Change.PutChunk(chunk)));
        checkpoints
                .values()
                .forEach(all -> all.values().forEach(checkpoint -> changes.add(new Change.PutCheckpoint(checkpoint))));
        logs.values()
                .forEach(ofDomains -> ofDomains
                        .values()
                        .forEach(entries -> entries.values().forEach(entry -> changes.add(new Change.Append(entry)))));
        return new Batch(List.of(), changes);
    }

    Optional<ObjectRecord> object(String id) {
        return Optional.ofNullable(objects.get(id));
    }

    List<ObjectRecord> objects() {
        return List.copyOf(objects.values());
    }

    List<ObjectRecord> objects(String domain) {
        return objects.values().stream()
                .filter(object -> object.domain().equals(domain))
                .toList();
    }

    Optional<DomainRecord> domain(String id) {
        return Optional.ofNullable(domains.get(id));
    }

    Optional<Lease> lease(String resource) {
        return Optional.ofNullable(leases.get(resource));
    }

    List<Lease> leases() {
        return List.copyOf(leases.values());
    }

    /** By their numbers. */
    TreeMap<Long, Checkpoint> checkpoints(String object) {
        return Objects.requireNonNullElseGet(checkpoints.get(object), TreeMap::new);
    }

    Optional<Blob> chunk(String hash) {
        return Optional.ofNullable(chunks.get(hash));
    }

    /** By their numbers. */
    TreeMap<Long, LogEntry> entries(Log log, String domain) {
        return Objects.requireNonNullElseGet(logs.get(log).get(domain), TreeMap::new);
    }
}
