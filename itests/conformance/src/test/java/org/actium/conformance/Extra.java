package org.actium.conformance;

import java.time.Duration;
import org.actium.deadlock.DeadlockDetection;
import org.actium.testkit.EmbeddedRuntime;

/** What every runtime of a test does besides. */
enum Extra {
    NOTHING,
    /** One wait of a deadlock ends with an exception. */
    FAIL_DEADLOCKS;

    private static final Duration PATIENCE = Duration.ofMillis(50);

    void begin(EmbeddedRuntime runtime) {
        if (this == FAIL_DEADLOCKS) {
            runtime.detectDeadlocks(
                    new DeadlockDetection.Settings(PATIENCE, DeadlockDetection.Policy.FAIL), deadlock -> {});
        }
    }
}
