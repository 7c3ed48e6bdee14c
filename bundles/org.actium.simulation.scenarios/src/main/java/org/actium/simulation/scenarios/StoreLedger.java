package org.actium.simulation.scenarios;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was said about the batches of one store, and whether what is found in it agrees: batches that were acknowledged or
 * seen stay, refused ones never appear, others are there or not, for good, once that is decided; and nobody writes after
 * somebody who took over.
 *
 * <p>Each answer is what is wrong, empty if nothing is.
 */
final class StoreLedger {

    /** Of a batch. */
    private enum Fate {
        OPEN,
        SAFE,
        REFUSED,
        GONE
    }

    /**
     * A batch, as it is found in the log of its object.
     *
     * @param id no two batches have the same
     * @param incarnation of the object that wrote it
     */
    record Entry(String object, long id, long incarnation) {}

    private final Map<Entry, Fate> fates = new LinkedHashMap<>();
    private final Map<String, Long> claimed = new HashMap<>();

    void handedIn(Entry entry) {
        fates.put(entry, Fate.OPEN);
    }

    Optional<String> acknowledged(Entry entry) {
        return safe(entry, "acknowledged");
    }

    void refused(Entry entry) {
        fates.put(entry, Fate.REFUSED);
    }

    /** Somebody was told that he has taken the object over. */
    Optional<String> takenOver(String object, long incarnation) {
        Long before = claimed.put(object, incarnation);
        return before != null && before >= incarnation
                ? Optional.of("incarnation " + incarnation + " of " + object + " has begun after incarnation " + before)
                : Optional.empty();
    }

    /** Batches of which nobody knows: open ones that were handed in before now. */
    Set<Entry> open(String object) {
        Set<Entry> open = new HashSet<>();
        fates.forEach((entry, fate) -> {
            if (fate == Fate.OPEN && entry.object().equals(object)) {
                open.add(entry);
            }
        });
        return open;
    }

    /**
     * What is in the log of the object while nobody else writes to it.
     *
     * @param decided batches that are there now or will never be
     */
    Optional<String> found(String object, List<Entry> log, Set<Entry> decided) {
        List<String> wrong = new ArrayList<>();
        long newest = 0;
        for (Entry entry : log) {
            if (entry.incarnation() < newest) {
                wrong.add(entry + " was written after incarnation " + newest + " had begun");
            }
            newest = Math.max(newest, entry.incarnation());
            safe(entry, "found").ifPresent(wrong::add);
        }
        Set<Entry> found = new HashSet<>(log);
        fates.replaceAll((entry, fate) -> {
            if (entry.object().equals(object) && !found.contains(entry)) {
                if (fate == Fate.SAFE) {
                    wrong.add(entry + " was safe and is lost");
                } else if (fate == Fate.OPEN && decided.contains(entry)) {
                    return Fate.GONE;
                }
            }
            return fate;
        });
        return wrong.stream().findFirst();
    }

    private Optional<String> safe(Entry entry, String how) {
        Fate before = fates.put(entry, Fate.SAFE);
        if (before == null) {
            return Optional.of(entry + " is " + how + " and was never written");
        }
        return switch (before) {
            case OPEN, SAFE -> Optional.empty();
            case REFUSED -> Optional.of(entry + " is " + how + " although it was refused");
            case GONE -> Optional.of(entry + " is " + how + " although it was not there when that was decided");
        };
    }
}
