package org.actium.ft.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryListener;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.Fence;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.LogSize;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.RefusedException;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage, locations, detection and recovery for all runtimes that ask it. All that has to last is in the store; who
 * lives it learns anew after a restart.
 *
 * <p>A recovery is one compare-and-set: the object gets a higher incarnation and another runtime, which is told with its
 * next beat and makes the object. Should that one die, too, the next recovery is the same again. The copy that was there
 * before, should it live, can write nothing any more, and so acknowledges nothing and lets nothing out that was not safe.
 */
public final class StoreServer implements RecoveryServer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreServer.class);

    /** So many times as long as the objects of a runtime its callers are waited for: nobody recovers them. */
    private static final int CALLERS_PATIENCE = 30;

    private final Store store;
    private final Time time;
    private final Duration period;
    private final Events events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Runtimes runtimes; // guarded by lock
    private final Attendance attendance; // guarded by lock
    private final Map<String, Long> away = new HashMap<>(); // guarded by lock; objects, and since when in nanoseconds
    private final Set<String> serving = new HashSet<>(); // guarded by lock; objects of which that was told
    private final Set<String> givenUp = new HashSet<>(); // guarded by lock; runtimes of which that was told
    private final Set<String> untaken =
            new HashSet<>(); // guarded by lock; runs for which nobody takes objects; that was told
    private final Runs runs; // guarded by lock
    private final Set<String> damaged = new HashSet<>(); // guarded by lock; checkpoints of which that was told
    private final Trouble trouble; // guarded by lock
    private volatile Registration offered = () -> {};
    private volatile Registration next = () -> {};
    private volatile boolean closed;

    /**
     * @param store closed with this
     * @param patience a runtime that is not heard of for so long is given up
     */
    public StoreServer(Store store, Time time, RemoteObjects remoteObjects, Duration patience) {
        this(store, time, remoteObjects, patience, event -> LOG.info("{}", event));
    }

    /** @param listener hears what happens */
    public StoreServer(
            Store store, Time time, RemoteObjects remoteObjects, Duration patience, RecoveryListener listener) {
        this(store, time, patience, listener);
        offered = remoteObjects.export(RecoveryServer.class, NAME, this);
    }

    /** One that somebody else offers. */
    StoreServer(Store store, Time time, Duration patience, RecoveryListener listener) {
        this.store = Objects.requireNonNull(store, "store");
        this.time = Objects.requireNonNull(time, "time");
        this.period = patience.dividedBy(4);
        this.runtimes = new Runtimes(time, patience);
        this.attendance = new Attendance(time, patience.multipliedBy(CALLERS_PATIENCE));
        this.runs = new Runs(time, patience.multipliedBy(CALLERS_PATIENCE));
        this.trouble = new Trouble(time, period);
        this.events = new Events(Objects.requireNonNull(listener, "listener"));
        next = time.after(period, this::look);
    }

    @Override
    public void commit(Batch batch) {
        try {
            store.commit(batch).toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            StoreException unknown = failed.getCause() instanceof StoreException known
                    ? known
                    : new StoreException("the store failed: " + failed.getCause(), failed.getCause());
            fails(unknown, true);
            throw unknown;
        }
        works(true);
        for (Change change : batch.changes()) {
            if (change instanceof Change.Append(LogEntry entry) && entry.log() == Log.INPUT) {
                serves(entry.domain());
            }
            if (change instanceof Change.RemoveObject(String object)) {
                ended(object);
            }
        }
    }

    private void happened(RecoveryEvent event, String run) {
        events.add(event, Optional.of(run));
        events.tell();
    }

    @Override
    public News news(long after, Optional<String> run) {
        return events.news(after, run);
    }

    private void fails(StoreException why, boolean commit) {
        lock.lock();
        try {
            if (!closed) {
                trouble.fails(why.getMessage(), commit).ifPresent(events::add);
            }
        } finally {
            lock.unlock();
        }
        events.tell();
    }

    private void works(boolean commit) {
        Optional<RecoveryEvent> over;
        lock.lock();
        try {
            over = trouble.works(commit);
            over.ifPresent(events::add);
        } finally {
            lock.unlock();
        }
        if (over.isPresent()) {
            events.tell();
        }
    }

    private void ended(String object) {
        lock.lock();
        try {
            attendance.ended(object);
            serving.remove(object);
            away.remove(object);
        } finally {
            lock.unlock();
        }
    }

    private void serves(String object) {
        lock.lock();
        try {
            if (!serving.add(object)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        store.object(object).ifPresent(record -> {
            String runtime;
            lock.lock();
            try {
                runtime = runtimes.name(record.node());
            } finally {
                lock.unlock();
            }
            happened(new RecoveryEvent.ObjectServes(object, runtime), record.run());
        });
    }

    @Override
    public Optional<Progress> progress(String object) {
        List<LogEntry> log = store.log(Log.INPUT, object, 0);
        long checkpoint = store.checkpoints(object).reversed().stream()
                .filter(number -> sound(object, number).isPresent()) // one that is damaged is written again
                .findFirst()
                .orElse(0L);
        return store.object(object) // last: if it is still that incarnation, nobody else has written what was read
                .map(record ->
                        new Progress(record, log.isEmpty() ? 0 : log.getLast().number(), checkpoint));
    }

    @Override
    public Optional<Saved> saved(String object) {
        return store.object(object).map(record -> new Saved(record, latest(record), log(object)));
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
        lock.lock();
        try {
            if (!damaged.add(object.id() + " " + number)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        happened(new RecoveryEvent.CheckpointDamaged(object.id(), number), object.run());
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

    @Override
    public Orders beat(Residence residence, boolean takes, Map<String, Long> objects) {
        String key = residence.key();
        lock.lock();
        try {
            runtimes.heard(residence, takes);
            givenUp.remove(key);
            runs.heard(residence.run());
            if (takes) {
                untaken.remove(residence.run());
            }
        } finally {
            lock.unlock();
        }
        List<ObjectRecord> yours = store.objects().stream()
                .filter(object -> object.node().equals(key))
                .toList();
        Map<String, Long> overtaken = new TreeMap<>();
        objects.forEach((id, incarnation) -> store.object(id)
                .filter(record -> record.incarnation() > incarnation)
                .ifPresent(record -> overtaken.put(id, record.incarnation())));
        return new Orders(yours, overtaken);
    }

    @Override
    public Present attend(Residence caller, Set<Party> others) {
        Set<Party> gone = new LinkedHashSet<>();
        for (Party other : others) {
            if (isGone(other)) {
                gone.add(other);
            }
        }
        lock.lock();
        try {
            runs.heard(caller.run());
            return new Present(attendance.attends(caller), gone);
        } finally {
            lock.unlock();
        }
    }

    private boolean isGone(Party party) {
        return switch (party) {
            case Party.Recoverable object -> {
                boolean there = store.object(object.id()).isPresent();
                lock.lock();
                try {
                    yield attendance.isGone(object, there);
                } finally {
                    lock.unlock();
                }
            }
            case Party.Outside outside -> {
                lock.lock();
                try {
                    yield attendance.isGone(outside);
                } finally {
                    lock.unlock();
                }
            }
        };
    }

    @Override
    public void leave(Residence caller) {
        lock.lock();
        try {
            attendance.leaves(caller);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<RuntimeAddress> locate(String object) {
        Optional<String> node = store.object(object).map(ObjectRecord::node);
        lock.lock();
        try {
            return node.flatMap(runtimes::address);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void restored(RuntimeAddress runtime, String object, long incarnation) {
        Long since;
        lock.lock();
        try {
            since = away.remove(object);
        } finally {
            lock.unlock();
        }
        if (since != null) {
            Duration lost = Duration.ofNanos(time.nanos() - since);
            store.object(object)
                    .ifPresent(record -> happened(
                            new RecoveryEvent.ObjectRestored(object, runtime.name(), incarnation, lost), record.run()));
        }
    }

    /** As {@link org.actium.ft.api.Recovery} says it. */
    @Override
    public RecoveryStatus status(Optional<String> run) {
        try {
            List<ObjectRecord> objects = store.objects().stream()
                    .filter(object -> run.stream().allMatch(object.run()::equals))
                    .toList();
            return new RecoveryStatus(
                    runtimes(objects, run), objects.stream().map(this::status).toList(), trouble());
        } catch (StoreException failed) {
            throw new IllegalStateException("how objects stand is not known now: " + failed.getMessage(), failed);
        }
    }

    private Optional<String> trouble() {
        lock.lock();
        try {
            return trouble.why();
        } finally {
            lock.unlock();
        }
    }

    private List<RecoveryStatus.RuntimeStatus> runtimes(List<ObjectRecord> objects, Optional<String> run) {
        Map<String, Integer> load = new TreeMap<>();
        objects.forEach(object -> load.merge(object.node(), 1, Integer::sum));
        lock.lock();
        try {
            runtimes.alive(run).forEach(runtime -> load.putIfAbsent(runtime, 0));
            return load.entrySet().stream()
                    .map(runtime -> new RecoveryStatus.RuntimeStatus(
                            runtimes.name(runtime.getKey()),
                            runtimes.isAlive(runtime.getKey()),
                            runtimes.takes(runtime.getKey()),
                            runtimes.silent(runtime.getKey()),
                            runtime.getValue()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private RecoveryStatus.ObjectStatus status(ObjectRecord object) {
        List<Long> checkpoints = store.checkpoints(object.id());
        LogSize log = store.logSize(Log.INPUT, object.domain());
        lock.lock();
        try {
            return new RecoveryStatus.ObjectStatus(
                    object.id(),
                    object.domain(),
                    object.incarnation(),
                    runtimes.name(object.node()),
                    state(object),
                    checkpoints,
                    new RecoveryStatus.LogStatus(log.entries(), log.bytes()));
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    private RecoveryStatus.State state(ObjectRecord object) {
        if (!runtimes.isAlive(object.node())) {
            return RecoveryStatus.State.LOST;
        }
        return away.containsKey(object.id()) ? RecoveryStatus.State.RECOVERING : RecoveryStatus.State.THERE;
    }

    // ---- detection

    private void look() {
        try {
            recoverWhatIsLost();
        } catch (StoreException failed) {
            LOG.debug("nothing is recovered while the store does not work: {}", failed.getMessage());
            fails(failed, false);
        } catch (RuntimeException unexpected) {
            LOG.warn("what is lost was not recovered, which is tried again", unexpected);
        } finally {
            next = time.after(period, this::look);
            if (closed) {
                next.close();
            }
        }
    }

    private void recoverWhatIsLost() {
        Set<String> alive;
        lock.lock();
        try {
            if (runtimes.isNew()) {
                return;
            }
            alive = runtimes.alive(Optional.empty());
        } finally {
            lock.unlock();
        }
        Map<String, List<ObjectRecord>> byRun = store.objects().stream()
                .collect(Collectors.groupingBy(ObjectRecord::run, TreeMap::new, Collectors.toList()));
        works(false);
        byRun.forEach((run, objects) -> {
            if (isOver(run)) {
                forget(run, objects);
            } else {
                recoverWhatIsLost(run, objects, alive);
            }
        });
    }

    private boolean isOver(String run) {
        lock.lock();
        try {
            return runs.isOver(run);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody of that run is there any more, and nobody of another one has its classes, or waits for its objects. */
    private void forget(String run, List<ObjectRecord> objects) {
        for (ObjectRecord object : objects) {
            commit(Batch.of(
                            new Change.RemoveObject(object.id()),
                            new Change.RemoveDomain(object.domain()),
                            new Change.DropUnusedChunks())
                    .fencedBy(Fence.object(object.id(), object.incarnation())));
        }
        LOG.info("{} objects of run {} are forgotten: nothing has been heard of it for long", objects.size(), run);
    }

    private void recoverWhatIsLost(String run, List<ObjectRecord> objects, Set<String> alive) {
        Set<String> takers;
        lock.lock();
        try {
            takers = runtimes.takers(run);
        } finally {
            lock.unlock();
        }
        Map<String, Long> load = new HashMap<>();
        objects.forEach(object -> load.merge(object.node(), 1L, Long::sum));
        List<ObjectRecord> lost = objects.stream()
                .filter(object -> !alive.contains(object.node()))
                .toList();
        tell(run, lost, takers);
        for (ObjectRecord object : lost) {
            least(takers, load).ifPresent(spare -> {
                load.merge(spare, 1L, Long::sum);
                recover(object, spare);
            });
        }
    }

    /** Of each runtime once, and of the want of any once. */
    private void tell(String run, List<ObjectRecord> lost, Set<String> takers) {
        Map<String, Integer> runtimesLost = new TreeMap<>();
        lost.forEach(object -> runtimesLost.merge(object.node(), 1, Integer::sum));
        lock.lock();
        try {
            runtimesLost.forEach((runtime, count) -> {
                if (givenUp.add(runtime)) {
                    events.add(
                            new RecoveryEvent.RuntimeLost(runtimes.name(runtime), runtimes.silent(runtime), count),
                            Optional.of(run));
                }
            });
            if (!lost.isEmpty() && takers.isEmpty() && untaken.add(run)) {
                events.add(new RecoveryEvent.NoRuntimeLeft(lost.size()), Optional.of(run));
            }
        } finally {
            lock.unlock();
        }
        events.tell();
    }

    private static Optional<String> least(Set<String> takers, Map<String, Long> load) {
        return takers.stream()
                .reduce((one, other) -> load.getOrDefault(other, 0L) < load.getOrDefault(one, 0L) ? other : one);
    }

    private void recover(ObjectRecord lost, String spare) {
        lock.lock();
        try {
            away.putIfAbsent(
                    lost.id(), time.nanos() - runtimes.silent(lost.node()).toNanos());
        } finally {
            lock.unlock();
        }
        ObjectRecord recovered = new ObjectRecord(lost.id(), lost.incarnation() + 1, lost.domain(), spare, lost.run());
        try {
            commit(Batch.of(new Change.PutObject(recovered)).fencedBy(Fence.object(lost.id(), lost.incarnation())));
            LOG.info("{} is recovered on {}, as incarnation {}", lost.id(), spare, recovered.incarnation());
        } catch (RefusedException faster) {
            LOG.debug("{} was recovered by somebody else", lost.id());
        }
    }

    @Override
    public void close() {
        closed = true;
        next.close();
        offered.close();
        store.close();
    }
}
