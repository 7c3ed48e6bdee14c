package org.actium.ft.core;

import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.RefusedException;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;

/** What is written into the store, and what is known from it then: which objects serve, and which have ended. Any thread. */
final class Commits {

    private final Store store;
    private final StoreHealth health;
    private final Presence presence;
    private final Absences absences;
    private final SavedObjects saved;
    private final Events events;
    private final Set<String> serving = ConcurrentHashMap.newKeySet(); // objects of which that was told

    Commits(Store store, StoreHealth health, Presence presence, Absences absences, SavedObjects saved, Events events) {
        this.store = store;
        this.health = health;
        this.presence = presence;
        this.absences = absences;
        this.saved = saved;
        this.events = events;
    }

    /** As {@link RecoveryServer#commit} says it. */
    void commit(Batch batch) {
        try {
            store.commit(batch).toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            StoreException unknown = failed.getCause() instanceof StoreException known
                    ? known
                    : new StoreException("the store failed: " + failed.getCause(), failed.getCause());
            health.fails(unknown, true);
            throw unknown;
        }
        health.works(true);
        for (Change change : batch.changes()) {
            if (change instanceof Change.Append(LogEntry entry) && entry.log() == Log.INPUT) {
                serves(entry.domain());
            }
            if (change instanceof Change.RemoveObject(String object)) {
                ended(object);
            }
        }
    }

    private void serves(String object) {
        if (serving.add(object)) {
            store.object(object)
                    .ifPresent(record -> events.tell(
                            new RecoveryEvent.ObjectServes(object, presence.name(record.node())), record.run()));
        }
    }

    private void ended(String object) {
        presence.ended(object);
        serving.remove(object);
        saved.ended(object);
        absences.ends(object);
    }
}
