package org.actium.ft.core;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Time;

/** Which runtimes, callers and runs are there, as far as they are heard of; learnt anew after a restart. Any thread. */
final class Presence {

    /** So many times as long as the objects of a runtime its callers are waited for: nobody recovers them. */
    private static final int CALLERS_PATIENCE = 30;

    private final Events events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Runtimes runtimes; // guarded by lock
    private final Attendance attendance; // guarded by lock
    private final Runs runs; // guarded by lock
    private final Set<String> givenUp = new HashSet<>(); // guarded by lock; runtimes of which that was told
    private final Set<String> untaken =
            new HashSet<>(); // guarded by lock; runs for which nobody takes objects; that was told

    /** @param patience a runtime that is not heard of for so long is given up */
    Presence(Time time, Duration patience, Events events) {
        this.events = events;
        this.runtimes = new Runtimes(time, patience);
        this.attendance = new Attendance(time, patience.multipliedBy(CALLERS_PATIENCE));
        this.runs = new Runs(time, patience.multipliedBy(CALLERS_PATIENCE));
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

    void ended(String object) {
        lock.lock();
        try {
            attendance.ended(object);
        } finally {
            lock.unlock();
        }
    }

    // ---- who is gone

    /** @param there whether the store has it; if not, it may be about to be created */
    boolean isGone(Party.Recoverable object, boolean there) {
        lock.lock();
        try {
            return attendance.isGone(object, there);
        } finally {
            lock.unlock();
        }
    }

    boolean isGone(Party.Outside caller) {
        lock.lock();
        try {
            return attendance.isGone(caller);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody of that run was heard of for long. */
    boolean isOver(String run) {
        lock.lock();
        try {
            return runs.isOver(run);
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
