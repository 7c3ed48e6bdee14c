package org.actium.object.spi;

import java.time.Duration;
import java.util.Optional;
import org.actium.object.api.ActiveObjectException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How long a call that waits for its result may take, and when it is made again. Asked on the thread that calls, which it
 * must not block.
 *
 * <p>A call keeps its policy until it ends, which may be long after the interceptor that gave it has left the node, and the
 * bundle of both was updated. So a policy is a value: it needs nothing that is closed when its service leaves.
 */
@ConsumerType
public interface CallPolicy {

    /** Waits as long as it takes, and makes no call again. */
    CallPolicy NONE = new CallPolicy() {};

    /**
     * How long each attempt may wait for its result before it fails with a
     * {@link org.actium.object.api.CallTimeoutException}; empty: as long as it takes.
     */
    default Optional<Duration> limit() {
        return Optional.empty();
    }

    /**
     * Whether to make the call again, which is a new request with the arguments as they are then. What the method itself
     * throws ends the call, unless it is one of these exceptions, which the object got when it called another.
     *
     * @param attempts how many there have been, from 1
     * @param failure of the last one
     * @param mayBeServed whether that one may have been served, or be served later: {@code false} only if it was not
     *     sent, or refused before the object saw it
     * @return how long to wait before the next attempt; empty to fail with the failure
     */
    default Optional<Duration> again(int attempts, ActiveObjectException failure, boolean mayBeServed) {
        return Optional.empty();
    }
}
