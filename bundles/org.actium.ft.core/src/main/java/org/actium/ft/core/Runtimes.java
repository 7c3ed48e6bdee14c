package org.actium.ft.core;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;

/** Which residences were heard of lately. Not safe for several threads. */
final class Runtimes {

    private static final HexFormat HEX = HexFormat.of();

    private final Time time;
    private final Duration patience;
    private long since;
    private final Map<String, Heard> heard = new TreeMap<>();

    /** @param ended its process has, as its link shows */
    private record Heard(RuntimeAddress address, String run, boolean takes, long at, boolean ended) {}

    Runtimes(Time time, Duration patience) {
        this.time = time;
        this.patience = patience;
        this.since = time.nanos();
    }

    /** As names of parties and residences have it. */
    static String key(RuntimeId id) {
        return HEX.toHexDigits(id.high()) + HEX.toHexDigits(id.low());
    }

    /** @param takes whether others' objects may be recovered there */
    void heard(Residence residence, boolean takes) {
        heard.put(residence.key(), new Heard(residence.runtime(), residence.run(), takes, time.nanos(), false));
    }

    /**
     * That runtime need not be waited for; that it is heard of once more shows the contrary.
     *
     * @return whether it was there
     */
    boolean ended(RuntimeId runtime) {
        boolean there = false;
        for (Map.Entry<String, Heard> one : heard.entrySet()) {
            Heard last = one.getValue();
            if (last.address().id().equals(runtime) && isThere(last)) {
                one.setValue(new Heard(last.address(), last.run(), last.takes(), last.at(), true));
                there = true;
            }
        }
        return there;
    }

    Optional<RuntimeAddress> address(String key) {
        return Optional.ofNullable(heard.get(key)).map(Heard::address);
    }

    /** For how long nothing has been heard of it: since when this is new, if nothing ever was. */
    Duration silent(String key) {
        Heard last = heard.get(key);
        return Duration.ofNanos(time.nanos() - (last == null ? since : last.at()));
    }

    /** What people call it, as far as that is known. */
    String name(String key) {
        return address(key).map(RuntimeAddress::name).orElse(key);
    }

    boolean isAlive(String key) {
        Heard last = heard.get(key);
        return last != null && isThere(last);
    }

    /** Whether others' objects may be recovered there. */
    boolean takes(String key) {
        Heard last = heard.get(key);
        return last != null && isThere(last) && last.takes();
    }

    /** Those that live, as far as can be told, and take objects of that run. */
    Set<String> takers(String run) {
        return recent(last -> last.takes() && last.run().equals(run));
    }

    /** Those of that run that live; of all runs if none is said. */
    Set<String> alive(Optional<String> run) {
        return recent(last -> run.stream().allMatch(last.run()::equals));
    }

    private Set<String> recent(Predicate<Heard> which) {
        Set<String> recent = new TreeSet<>();
        heard.forEach((key, last) -> {
            if (isThere(last) && which.test(last)) {
                recent.add(key);
            }
        });
        return recent;
    }

    /** Nobody could be heard for a while: who is gone since then is not known for as long as when this was new. */
    void beginAnew() {
        since = time.nanos();
    }

    /** Those that are silent for so long are not remembered any more. */
    void drop(Duration silent) {
        heard.values().removeIf(last -> time.nanos() - last.at() >= silent.toNanos());
    }

    /** Nobody was asked for long enough to know. */
    boolean isNew() {
        return isRecent(since);
    }

    private boolean isThere(Heard last) {
        return !last.ended() && isRecent(last.at());
    }

    private boolean isRecent(long nanos) {
        return time.nanos() - nanos < patience.toNanos();
    }
}
