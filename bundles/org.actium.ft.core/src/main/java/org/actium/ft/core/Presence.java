package org.actium.ft.core;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which runtimes, callers and runs are there, as far as they are heard of; learnt anew after a restart. Any thread. */
final class Presence {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    /** So many times as long as the objects of a runtime its callers are waited for: nobody recovers them. */
    private static final int CALLERS_PATIENCE = 30;

    private final Time time;
    private final Duration away;
    private final Duration memory;
    private final Events events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Runtimes runtimes; // guarded by lock
    private final Attendance attendance; // guarded by lock
    private final Runs runs; // guarded by lock
    private final Set<String> givenUp = new HashSet<>(); // guarded by lock; runtimes of which that was told
    private final Set<String> untaken =
            new HashSet<>(); // guarded by lock; runs for which nobody takes objects; that was told
    private boolean somebodyEnded; // guarded by lock; since that was asked for
    private long looked; // guarded by lock; when it was looked for the last time what is lost

    /** @param own the run of this container; empty if that is of none */
    Presence(Time time, Patience patience, Optional<String> own, Events events) {
        this.time = time;
        this.away = patience.runtime().minus(patience.period());
        this.memory = patience.run();
        this.events = events;
        this.looked = time.nanos();
        Duration callers = patience.runtime().multipliedBy(CALLERS_PATIENCE);
        this.runtimes = new Runtimes(time, patience.runtime());
        this.attendance = new Attendance(time, callers, callers.plus(memory));
        this.runs = new Runs(time, memory, own);
    }

    // ---- who is heard of

    /** @param takes whether others' objects may be recovered there */
    void beats(Residence residence, boolean takes) {
        lock.lock();
        try {
            runtimes.heard(residence, takes);
            givenUp.remove(residence.key());
            runs.heard(residence.run());
            if (takes) {
                untaken.remove(residence.run());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The process of that runtime has ended, as its link shows. */
    void ended(RuntimeId runtime) {
        lock.lock();
        try {
            somebodyEnded |= runtimes.ended(runtime);
        } finally {
            lock.unlock();
        }
    }

    /** Whether that was so since this was asked last. */
    boolean hasSomebodyEnded() {
        lock.lock();
        try {
            boolean ended = somebodyEnded;
            somebodyEnded = false;
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody of that run asks for something. */
    void asks(String run) {
        lock.lock();
        try {
            runs.heard(run);
        } finally {
            lock.unlock();
        }
    }

    /** @return false if it is gone */
    boolean attends(Residence caller) {
        lock.lock();
        try {
            runs.heard(caller.run());
            return attendance.attends(caller);
        } finally {
            lock.unlock();
        }
    }

    /** It says so itself. */
    void leaves(Residence caller) {
        lock.lock();
        try {
            attendance.leaves(caller);
        } finally {
            lock.unlock();
        }
    }

    /** @return false if that was known */
    boolean ended(String object) {
        lock.lock();
        try {
            return attendance.ended(object);
        } finally {
            lock.unlock();
        }
    }

    // ---- who is gone

    /**
     * It was looked for what is lost, or that was tried. If that took too long, because this JVM was stopped or the store did
     * not answer, nobody could be heard meanwhile: that is no silence of theirs.
     */
    void looked() {
        lock.lock();
        try {
            beginAnewIfAway();
            looked = time.nanos();
            runtimes.drop(memory);
            attendance.forget();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void beginAnewIfAway() {
        Duration since = Duration.ofNanos(time.nanos() - looked);
        if (since.compareTo(away) <= 0) {
            return;
        }
        LOG.debug("nobody could be heard for {}: all are waited for anew", since);
        runtimes.beginAnew();
        attendance.beginAnew();
        runs.beginAnew();
    }

    /** @param objects all there are; what was told of others is not remembered */
    void remember(List<ObjectRecord> objects) {
        Set<String> nodes = objects.stream().map(ObjectRecord::node).collect(Collectors.toSet());
        Set<String> ofThese = objects.stream().map(ObjectRecord::run).collect(Collectors.toSet());
        lock.lock();
        try {
            givenUp.retainAll(nodes);
            untaken.retainAll(ofThese);
        } finally {
            lock.unlock();
        }
    }

    /** @param there whether the store has it; if not, it may be about to be created */
    boolean isGone(Party.Recoverable object, boolean there) {
        lock.lock();
        try {
            beginAnewIfAway();
            return attendance.isGone(object, there);
        } finally {
            lock.unlock();
        }
    }

    boolean isGone(Party.Outside caller) {
        lock.lock();
        try {
            beginAnewIfAway();
            return attendance.isGone(caller);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody of that run was heard of for long. */
    boolean isOver(String run) {
        lock.lock();
        try {
            return runs.isOver(run) && runtimes.alive(Optional.of(run)).isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Tells of each runtime that had these once, and of the want of any that takes them once. */
    void tellLost(String run, List<ObjectRecord> lost, Set<String> takers) {
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

    // ---- which runtimes there are

    /** Of all runs; empty while nobody was asked for long enough to know. */
    Optional<Set<String>> alive() {
        lock.lock();
        try {
            return runtimes.isNew() ? Optional.empty() : Optional.of(runtimes.alive(Optional.empty()));
        } finally {
            lock.unlock();
        }
    }

    boolean isAlive(String runtime) {
        lock.lock();
        try {
            return runtimes.isAlive(runtime);
        } finally {
            lock.unlock();
        }
    }

    /** Those that live, as far as can be told, and take objects of that run. */
    Set<String> takers(String run) {
        lock.lock();
        try {
            return runtimes.takers(run);
        } finally {
            lock.unlock();
        }
    }

    /** For how long nothing has been heard of it. */
    Duration silent(String runtime) {
        lock.lock();
        try {
            return runtimes.silent(runtime);
        } finally {
            lock.unlock();
        }
    }

    Optional<RuntimeAddress> address(String runtime) {
        lock.lock();
        try {
            return runtimes.address(runtime);
        } finally {
            lock.unlock();
        }
    }

    /** What people call it, as far as that is known. */
    String name(String runtime) {
        lock.lock();
        try {
            return runtimes.name(runtime);
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param load how many objects are where
     * @param run also its runtimes that live and have none
     */
    List<RecoveryStatus.RuntimeStatus> status(Map<String, Integer> load, Optional<String> run) {
        Map<String, Integer> all = new TreeMap<>(load);
        lock.lock();
        try {
            runtimes.alive(run).forEach(runtime -> all.putIfAbsent(runtime, 0));
            return all.entrySet().stream()
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
}
