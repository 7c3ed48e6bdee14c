package org.actium.ft.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Fence;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.RefusedException;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every so often which objects have lost their runtimes, and gives them to others; soon, if a runtime is gone. What
 * belongs to a run that is over is forgotten.
 *
 * <p>A recovery is one compare-and-set: the object gets a higher incarnation and another runtime, which is told with its
 * next beat and makes the object. Should that one die, too, the next recovery is the same again. The copy that was there
 * before, should it live, can write nothing any more, and so acknowledges nothing and lets nothing out that was not safe.
 */
final class Detection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Detection.class);

    /** So many times in a period it is asked whether a runtime is gone. */
    private static final int TICKS = 5;

    /** So many objects of a run that is over are removed with one look. */
    private static final int FORGOTTEN_AT_ONCE = 200;

    private final Store store;
    private final Time time;
    private final Duration period;
    private final Commits commits;
    private final StoreHealth health;
    private final Presence presence;
    private final Absences absences;
    private final Events events;
    private final Map<String, Integer> forgotten = new HashMap<>(); // runs that are being so, and how many objects
    private int ticks; // since the last look; of one tick after the other
    private volatile Registration next;
    private volatile boolean closed;

    /** Begins at once. @param period between one look and the next */
    Detection(
            Store store,
            Time time,
            Duration period,
            Commits commits,
            StoreHealth health,
            Presence presence,
            Absences absences,
            Events events) {
        this.store = store;
        this.time = time;
        this.period = period;
        this.commits = commits;
        this.health = health;
        this.presence = presence;
        this.absences = absences;
        this.events = events;
        this.next = time.after(period.dividedBy(TICKS), this::tick);
    }

    private void tick() {
        try {
            ticks++;
            if (presence.hasSomebodyEnded() || ticks >= TICKS) {
                ticks = 0;
                look();
            }
        } finally {
            next = time.after(period.dividedBy(TICKS), this::tick);
            if (closed) {
                next.close();
            }
        }
    }

    private void look() {
        try {
            List<ObjectRecord> objects = objects();
            health.works(false);
            presence.remember(objects);
            presence.alive()
                    .ifPresent(alive -> handle(objects, alive)); // after the store: reading it may have taken long
        } catch (StoreException failed) {
            LOG.debug("nothing is recovered while the store does not work: {}", failed.getMessage());
            health.fails(failed, false);
        } catch (RuntimeException unexpected) {
            LOG.warn("what is lost was not recovered, which is tried again", unexpected);
        }
    }

    private List<ObjectRecord> objects() {
        try {
            return store.objects();
        } finally {
            presence.looked();
        }
    }

    private void handle(List<ObjectRecord> objects, Set<String> alive) {
        Map<Boolean, Map<String, List<ObjectRecord>>> byRun = objects.stream()
                .collect(Collectors.partitioningBy(
                        object -> presence.isOver(object.run()),
                        Collectors.groupingBy(ObjectRecord::run, TreeMap::new, Collectors.toList())));
        byRun.get(false).forEach((run, some) -> recoverWhatIsLost(run, some, alive));
        byRun.get(true).entrySet().stream().findFirst().ifPresent(over -> forget(over.getKey(), over.getValue()));
    }

    /**
     * Nobody of that run is there any more, and nobody of another one has its classes, or waits for its objects. Only some of
     * them at once: others that are lost do not wait for that.
     */
    private void forget(String run, List<ObjectRecord> objects) {
        List<ObjectRecord> some = objects.stream().limit(FORGOTTEN_AT_ONCE).toList();
        List<Change> changes = some.stream()
                .<Change>mapMulti((object, add) -> {
                    add.accept(new Change.RemoveObject(object.id()));
                    add.accept(new Change.RemoveDomain(object.domain()));
                })
                .toList();
        List<Fence> fences = some.stream()
                .map(object -> Fence.object(object.id(), object.incarnation()))
                .toList();
        try {
            commits.commit(new Batch(fences, changes).and(new Change.DropUnusedChunks()));
        } catch (RefusedException changed) {
            LOG.debug("run {} is not forgotten yet: {}", run, changed.getMessage());
            return;
        }
        forgotten.merge(run, some.size(), Integer::sum);
        if (some.size() == objects.size()) {
            events.tell(new RecoveryEvent.RunForgotten(run, forgotten.remove(run)), run);
        }
    }

    private void recoverWhatIsLost(String run, List<ObjectRecord> objects, Set<String> alive) {
        Set<String> takers = presence.takers(run);
        Map<String, Long> load = new HashMap<>();
        objects.forEach(object -> load.merge(object.node(), 1L, Long::sum));
        List<ObjectRecord> lost = objects.stream()
                .filter(object -> !alive.contains(object.node()))
                .toList();
        presence.tellLost(run, lost, takers);
        for (ObjectRecord object : lost) {
            least(takers, load).ifPresent(spare -> {
                load.merge(spare, 1L, Long::sum);
                recover(object, spare);
            });
        }
    }

    private static Optional<String> least(Set<String> takers, Map<String, Long> load) {
        return takers.stream()
                .reduce((one, other) -> load.getOrDefault(other, 0L) < load.getOrDefault(one, 0L) ? other : one);
    }

    private void recover(ObjectRecord lost, String spare) {
        absences.begins(lost.id(), presence.silent(lost.node()));
        ObjectRecord recovered = new ObjectRecord(lost.id(), lost.incarnation() + 1, lost.domain(), spare, lost.run());
        try {
            commits.commit(
                    Batch.of(new Change.PutObject(recovered)).fencedBy(Fence.object(lost.id(), lost.incarnation())));
            LOG.info("{} is recovered on {}, as incarnation {}", lost.id(), spare, recovered.incarnation());
        } catch (RefusedException faster) {
            LOG.debug("{} was recovered by somebody else", lost.id());
        }
    }

    @Override
    public void close() {
        closed = true;
        next.close();
    }
}
