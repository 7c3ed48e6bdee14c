package org.actium.ft.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actium.ft.core.protocol.Party;
import org.actium.runtime.spi.Time;

/**
 * Who of those that nobody recovers is gone for good. That is decided here, once: who was silent for too long is gone, and if
 * it lives all the same it hears so, and begins anew under another name. Not safe for several threads.
 */
final class Attendance {

    private final Time time;
    private final Duration limit;
    private final Map<String, Map<String, Long>> heard = new HashMap<>(); // instances of runtimes, and when
    private final Map<String, Long> missed = new HashMap<>(); // never heard of, and since when others ask for them
    private final Set<String> gone = new HashSet<>();

    Attendance(Time time, Duration limit) {
        this.time = time;
        this.limit = limit;
    }

    /** @return false if it is gone */
    boolean attends(Residence caller) {
        String runtime = Runtimes.key(caller.runtime().id());
        if (gone.contains(key(runtime, caller.draw()))) {
            return false;
        }
        heard.computeIfAbsent(runtime, none -> new HashMap<>()).put(caller.draw(), time.nanos());
        missed.remove(key(runtime, caller.draw()));
        missed.remove(key(runtime, Party.Outside.ANY));
        return true;
    }

    /** @param there whether the store has it; if not, it may be about to be created */
    boolean isGone(Party.Recoverable object, boolean there) {
        if (there) {
            missed.remove(object.id());
            return false;
        }
        return gone.contains(object.id()) || isOver(missed.computeIfAbsent(object.id(), id -> time.nanos()));
    }

    /** It was ended, and is in the store no more. */
    void ended(String object) {
        gone.add(object);
        missed.remove(object);
    }

    /** It says so itself. */
    void leaves(Residence caller) {
        bury(Runtimes.key(caller.runtime().id()), caller.draw());
    }

    /** @param caller its name does not matter; if that of its instance is said neither, it is the runtime that is asked for */
    boolean isGone(Party.Outside caller) {
        String runtime = Runtimes.key(caller.home().id());
        String key = key(runtime, caller.instance());
        if (gone.contains(key)) {
            return true;
        }
        Map<String, Long> instances = heard.getOrDefault(runtime, Map.of());
        boolean whole = caller.instance().equals(Party.Outside.ANY);
        Long latest =
                whole ? instances.values().stream().max(Long::compare).orElse(null) : instances.get(caller.instance());
        if (!isOver(latest == null ? missed.computeIfAbsent(key, none -> time.nanos()) : latest)) {
            return false;
        }
        if (whole) {
            List.copyOf(instances.keySet()).forEach(instance -> bury(runtime, instance));
        } else {
            bury(runtime, caller.instance());
        }
        return true;
    }

    private boolean isOver(long since) {
        return time.nanos() - since >= limit.toNanos();
    }

    private void bury(String runtime, String instance) {
        gone.add(key(runtime, instance));
        missed.remove(key(runtime, instance));
        Map<String, Long> instances = heard.get(runtime);
        if (instances != null) {
            instances.remove(instance);
            if (instances.isEmpty()) {
                heard.remove(runtime);
            }
        }
    }

    private static String key(String runtime, String instance) {
        return runtime + "-" + instance;
    }
}
