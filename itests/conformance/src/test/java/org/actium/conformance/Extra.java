package org.actium.conformance;

import java.time.Duration;
import org.actium.deadlock.DeadlockDetection;
import org.actium.remote.spi.Transport;
import org.actium.testkit.EmbeddedRuntime;

/** What every runtime of a test does besides. */
enum Extra {
    NOTHING,
    /** One wait of a deadlock ends with an exception. */
    FAIL_DEADLOCKS,
    /** It offers {@link Plugs}. */
    PLUGS,
    /** Its objects can be stopped. */
    DEBUGGER;

    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** @param transport what the runtime began with */
    void begin(EmbeddedRuntime runtime, Transport transport) {
        switch (this) {
            case NOTHING -> {}
            case FAIL_DEADLOCKS ->
                runtime.detectDeadlocks(
                        new DeadlockDetection.Settings(PATIENCE, DeadlockDetection.Policy.FAIL), deadlock -> {});
            case DEBUGGER -> runtime.debugger();
            case PLUGS -> runtime.remoteObjects().export(Plugs.class, Plugs.NAME, Plugs.of(runtime, transport));
        }
    }
}
