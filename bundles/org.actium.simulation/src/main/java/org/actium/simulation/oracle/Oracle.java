package org.actium.simulation.oracle;

import java.util.Optional;

/** Judges one run; a new one is needed for the next. */
public interface Oracle {

    /** @return what is wrong with it, given all that was observed before */
    Optional<String> observe(Observation observation);

    /** @return what is wrong if nothing more happens; asked once, of runs that have not failed */
    default Optional<String> finish() {
        return Optional.empty();
    }

    /** As reports call it. */
    default String name() {
        return getClass().getSimpleName();
    }
}
