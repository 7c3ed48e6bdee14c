package org.actium.ft.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogSize;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;

/** How objects and runtimes stand, for people. */
final class Standing {

    private final Store store;
    private final StoreHealth health;
    private final Presence presence;
    private final Absences absences;

    Standing(Store store, StoreHealth health, Presence presence, Absences absences) {
        this.store = store;
        this.health = health;
        this.presence = presence;
        this.absences = absences;
    }

    /** As {@link org.actium.ft.api.Recovery} says it. @param run of whose objects; empty for all */
    RecoveryStatus status(Optional<String> run) {
        try {
            List<ObjectRecord> objects = store.objects().stream()
                    .filter(object -> run.stream().allMatch(object.run()::equals))
                    .toList();
            return new RecoveryStatus(
                    runtimes(objects, run), objects.stream().map(this::status).toList(), health.trouble());
        } catch (StoreException failed) {
            throw new IllegalStateException("how objects stand is not known now: " + failed.getMessage(), failed);
        }
    }

    private List<RecoveryStatus.RuntimeStatus> runtimes(List<ObjectRecord> objects, Optional<String> run) {
        Map<String, Integer> load = new TreeMap<>();
        objects.forEach(object -> load.merge(object.node(), 1, Integer::sum));
        return presence.status(load, run);
    }

    private RecoveryStatus.ObjectStatus status(ObjectRecord object) {
        List<Long> checkpoints = store.checkpoints(object.id());
        LogSize log = store.logSize(Log.INPUT, object.domain());
        return new RecoveryStatus.ObjectStatus(
                object.id(),
                object.domain(),
                object.incarnation(),
                presence.name(object.node()),
                state(object),
                checkpoints,
                new RecoveryStatus.LogStatus(log.entries(), log.bytes()));
    }

    private RecoveryStatus.State state(ObjectRecord object) {
        if (!presence.isAlive(object.node())) {
            return RecoveryStatus.State.LOST;
        }
        return absences.contains(object.id()) ? RecoveryStatus.State.RECOVERING : RecoveryStatus.State.THERE;
    }
}
