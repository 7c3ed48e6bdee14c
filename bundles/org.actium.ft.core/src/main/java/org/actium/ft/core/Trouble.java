package org.actium.ft.core;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.actium.ft.api.RecoveryEvent;
import org.actium.runtime.spi.Time;

/**
 * What is wrong with the store. It is over when all has gone well for a while: a store that fails now and then does not
 * alternate. Not safe for several threads.
 */
final class Trouble {

    private final Time time;
    private final Duration proof;
    private Optional<String> why = Optional.empty();
    private boolean writing; // a commit has failed: a store that is full can be read
    private long since;
    private OptionalLong well = OptionalLong.empty(); // since when nothing has failed

    /** @param proof for so long nothing fails before the store is said to work */
    Trouble(Time time, Duration proof) {
        this.time = time;
        this.proof = proof;
    }

    /**
     * @param commit whether it was one
     * @return what is to be told: of the first failure only
     */
    Optional<RecoveryEvent> fails(String reason, boolean commit) {
        well = OptionalLong.empty();
        writing |= commit;
        boolean known = why.isPresent();
        why = Optional.of(reason);
        if (known) {
            return Optional.empty();
        }
        since = time.nanos();
        return Optional.of(new RecoveryEvent.StoreFails(reason));
    }

    /**
     * @param commit whether it was one: after one has failed, only they say that the store works
     * @return what is to be told
     */
    Optional<RecoveryEvent> works(boolean commit) {
        if (why.isEmpty()) {
            return Optional.empty();
        }
        if (well.isEmpty() && (commit || !writing)) {
            well = OptionalLong.of(time.nanos());
        }
        if (well.isEmpty() || time.nanos() - well.getAsLong() < proof.toNanos()) {
            return Optional.empty();
        }
        why = Optional.empty();
        writing = false;
        return Optional.of(new RecoveryEvent.StoreWorks(Duration.ofNanos(well.getAsLong() - since)));
    }

    /** The latest reason; empty if the store works. */
    Optional<String> why() {
        return why;
    }
}
