package org.actium.ft.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actium.ft.core.protocol.Party;
import org.actium.runtime.spi.Time;

/**
 * Who of those that nobody recovers is gone for good. That is decided here, once: who was silent for too long is gone, and if
 * it lives all the same it hears so, and begins anew under another name. Not safe for several threads.
 */
final class Attendance {

    private final Time time;
    private final Duration limit;
    private final Duration memory;
    private final Map<String, Map<String, Long>> heard = new HashMap<>(); // instances of runtimes, and when
    private final Map<String, Long> missed = new HashMap<>(); // never heard of, and since when others ask for them
    private final Map<String, Long> gone = new HashMap<>(); // and since when

    /**
     * @param limit who is silent for so long is gone
     * @param memory so long it is remembered who is gone, and who was silent
     */
    Attendance(Time time, Duration limit, Duration memory) {
        this.time = time;
        this.limit = limit;
        this.memory = memory;
    }

    /** @return false if it is gone */
    boolean attends(Residence caller) {
        String runtime = Runtimes.key(caller.runtime().id());
        if (gone.containsKey(key(runtime, caller.draw()))) {
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
        return gone.containsKey(object.id()) || isOver(missed.computeIfAbsent(object.id(), id -> time.nanos()));
    }

    /** It was ended, and is in the store no more. @return false if that was known */
    boolean ended(String object) {
        missed.remove(object);
        return isGoneNow(object);
    }

    /** It says so itself. */
    void leaves(Residence caller) {
        bury(Runtimes.key(caller.runtime().id()), caller.draw());
    }

    /** @param caller its name does not matter; if that of its instance is said neither, it is the runtime that is asked for */
    boolean isGone(Party.Outside caller) {
        String runtime = Runtimes.key(caller.home().id());
        String key = key(runtime, caller.instance());
        if (gone.containsKey(key)) {
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

    /** Nobody could be heard for a while: all that are not gone are given as long as if they had been heard of now. */
    void beginAnew() {
        long now = time.nanos();
        heard.values().forEach(instances -> instances.replaceAll((instance, before) -> now));
        missed.replaceAll((who, before) -> now);
    }

    /** What was long ago; whom somebody still asks for is missed anew, and gone again. */
    void forget() {
        heard.values().forEach(instances -> instances.values().removeIf(this::isForgotten));
        heard.values().removeIf(Map::isEmpty);
        missed.values().removeIf(this::isForgotten);
        gone.values().removeIf(this::isForgotten);
    }

    private boolean isForgotten(long since) {
        return time.nanos() - since >= memory.toNanos();
    }

    private boolean isGoneNow(String who) {
        return gone.putIfAbsent(who, time.nanos()) == null;
    }

    private boolean isOver(long since) {
        return time.nanos() - since >= limit.toNanos();
    }

    private void bury(String runtime, String instance) {
        isGoneNow(key(runtime, instance));
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
