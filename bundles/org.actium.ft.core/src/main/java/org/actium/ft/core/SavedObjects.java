package org.actium.ft.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What objects are recovered from: their latest checkpoints that are sound, and their logs. Any thread. */
final class SavedObjects {

    private static final Logger LOG = LoggerFactory.getLogger(SavedObjects.class);

    private final Store store;
    private final Events events;
    private final Map<String, Set<Long>> damaged = new ConcurrentHashMap<>(); // checkpoints of which that was told

    SavedObjects(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    /** As {@link RecoveryServer#progress} says it. */
    Optional<RecoveryServer.Progress> progress(String object) {
        List<LogEntry> log = store.log(Log.INPUT, object, 0);
        long checkpoint = store.checkpoints(object).reversed().stream()
                .filter(number -> sound(object, number).isPresent()) // one that is damaged is written again
                .findFirst()
                .orElse(0L);
        return store.object(object) // last: if it is still that incarnation, nobody else has written what was read
                .map(record -> new RecoveryServer.Progress(
                        record, log.isEmpty() ? 0 : log.getLast().number(), checkpoint));
    }

    /** There is nothing of it any more. */
    void ended(String object) {
        damaged.remove(object);
    }

    /** As {@link RecoveryServer#saved} says it. */
    Optional<RecoveryServer.Saved> saved(String object) {
        return store.object(object).map(record -> new RecoveryServer.Saved(record, latest(record), log(object)));
    }

    private List<Blob> log(String object) {
        return store.log(Log.INPUT, object, 0).stream().map(LogEntry::content).toList();
    }

    private Blob latest(ObjectRecord object) {
        for (long number : store.checkpoints(object.id()).reversed()) {
            Optional<Blob> sound = sound(object.id(), number);
            if (sound.isPresent()) {
                return sound.get();
            }
            tellDamaged(object, number);
        }
        throw new StoreException("object '" + object.id() + "' has no sound checkpoint: it cannot be recovered");
    }

    /** Once: what cannot be recovered is asked for again and again. */
    private void tellDamaged(ObjectRecord object, long number) {
        if (damaged.computeIfAbsent(object.id(), none -> ConcurrentHashMap.newKeySet())
                .add(number)) {
            events.tell(new RecoveryEvent.CheckpointDamaged(object.id(), number), object.run());
        }
    }

    /** Empty also if it cannot be read while others can: then it is that one, and not the store. */
    private Optional<Blob> sound(String object, long number) {
        try {
            return store.checkpoint(object, number).flatMap(this::sound);
        } catch (StoreException unreadable) {
            store.object(object); // fails if it is the store
            LOG.debug("checkpoint {} of {} cannot be read: {}", number, object, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Blob> sound(Checkpoint checkpoint) {
        String hash = checkpoint.chunks().getFirst();
        return store.chunk(hash).filter(bytes -> bytes.sha256().equals(hash));
    }
}
