package org.actium.ft.core;

import java.time.Duration;
import java.util.Objects;

/**
 * How long who is silent is waited for.
 *
 * @param runtime one that is not heard of for so long is given up, and its objects are recovered elsewhere
 * @param run one of which nobody is heard of for so long is over, and its objects are removed; a matter of tidiness, and long
 */
public record Patience(Duration runtime, Duration run) {

    /** What a network that is cut, or a host that is off over night, does not use up. */
    static final Duration RUN = Duration.ofDays(1);

    public Patience {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(run, "run");
        if (run.compareTo(runtime) < 0) {
            throw new IllegalArgumentException(
                    "a run would be over after " + run.toMillis()
                            + " ms, before its runtimes are given up, after " + runtime.toMillis()
                            + " ms: its objects could not be recovered; let actium.ft.forget be longer than actium.ft.patience");
        }
    }

    /** With runs that are over after a day. */
    static Patience ofRuntimes(Duration runtime) {
        return new Patience(runtime, runtime.compareTo(RUN) < 0 ? RUN : runtime);
    }

    /** How often it is looked for what is lost. */
    Duration period() {
        return runtime.dividedBy(4);
    }
}
