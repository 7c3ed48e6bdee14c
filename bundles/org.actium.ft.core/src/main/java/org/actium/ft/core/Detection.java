package org.actium.ft.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
 * Looks every so often which objects have lost their runtimes, and gives them to others. What belongs to a run that is over
 * is forgotten.
 *
 * <p>A recovery is one compare-and-set: the object gets a higher incarnation and another runtime, which is told with its
 * next beat and makes the object. Should that one die, too, the next recovery is the same again. The copy that was there
 * before, should it live, can write nothing any more, and so acknowledges nothing and lets nothing out that was not safe.
 */
final class Detection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Detection.class);

    private final Store store;
    private final Time time;
    private final Duration period;
    private final Commits commits;
    private final StoreHealth health;
    private final Presence presence;
    private final Absences absences;
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
            Absences absences) {
        this.store = store;
        this.time = time;
        this.period = period;
        this.commits = commits;
        this.health = health;
        this.presence = presence;
        this.absences = absences;
        this.next = time.after(period, this::look);
    }

    private void look() {
        try {
            presence.alive().ifPresent(this::recoverWhatIsLost);
        } catch (StoreException failed) {
            LOG.debug("nothing is recovered while the store does not work: {}", failed.getMessage());
            health.fails(failed, false);
        } catch (RuntimeException unexpected) {
            LOG.warn("what is lost was not recovered, which is tried again", unexpected);
        } finally {
            next = time.after(period, this::look);
            if (closed) {
                next.close();
            }
        }
    }

    private void recoverWhatIsLost(Set<String> alive) {
        Map<String, List<ObjectRecord>> byRun = store.objects().stream()
                .collect(Collectors.groupingBy(ObjectRecord::run, TreeMap::new, Collectors.toList()));
        health.works(false);
        byRun.forEach((run, objects) -> {
            if (presence.isOver(run)) {
                forget(run, objects);
            } else {
                recoverWhatIsLost(run, objects, alive);
            }
        });
    }

    /** Nobody of that run is there any more, and nobody of another one has its classes, or waits for its objects. */
    private void forget(String run, List<ObjectRecord> objects) {
        for (ObjectRecord object : objects) {
            commits.commit(Batch.of(
                            new Change.RemoveObject(object.id()),
                            new Change.RemoveDomain(object.domain()),
                            new Change.DropUnusedChunks())
                    .fencedBy(Fence.object(object.id(), object.incarnation())));
        }
        LOG.info("{} objects of run {} are forgotten: nothing has been heard of it for long", objects.size(), run);
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
