package org.actium.deployment.shell;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that was looked at on the way to a host, or there.
 *
 * @param what in one word: {@code java}
 * @param found what there is, for people
 * @param remedy what to do about it; empty if it is well as it is
 */
record Finding(String what, String found, Optional<String> remedy) {

    Finding {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(remedy, "remedy");
    }

    static Finding well(String what, String found) {
        return new Finding(what, found, Optional.empty());
    }

    static Finding bad(String what, String found, String remedy) {
        return new Finding(what, found, Optional.of(remedy));
    }
}
