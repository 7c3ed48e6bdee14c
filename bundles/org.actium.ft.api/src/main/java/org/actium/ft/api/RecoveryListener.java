package org.actium.ft.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that hears of recoveries, on the runtime whose server recovers. One event after the other; must not block, since
 * recovery waits for it.
 */
@ConsumerType
@FunctionalInterface
public interface RecoveryListener {

    void happened(RecoveryEvent event);
}
