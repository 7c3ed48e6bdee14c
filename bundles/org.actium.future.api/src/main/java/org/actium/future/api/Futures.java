package org.actium.future.api;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeoutException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Explicit operations on transparent futures. Whatever is not a future counts as a value that is there already.
 *
 * <p>Interrupting a waiting thread ends the wait with a {@link java.util.concurrent.CancellationException} and leaves it
 * interrupted.
 */
@ProviderType
public interface Futures {

    /** Whether the value is still to come. Never blocks. */
    boolean isAwaited(Object future);

    /** Whether the value is there and is {@code null}. Blocks until it is there, and fails as the call failed. */
    boolean isNull(Object future);

    /** Blocks until the value, or a failure, is there. */
    void waitFor(Object future);

    /** @throws TimeoutException if neither value nor failure is there in time; the future stays awaited */
    void waitFor(Object future, Duration limit) throws TimeoutException;

    /** Blocks until none of them is awaited. */
    void waitForAll(Collection<?> futures);

    /** @throws TimeoutException if one is still awaited at the end */
    void waitForAll(Collection<?> futures, Duration limit) throws TimeoutException;

    /**
     * Blocks until one of them is there.
     *
     * @return its position in the order of iteration
     * @throws IllegalArgumentException if there are none
     */
    int waitForAny(Collection<?> futures);

    /**
     * The value itself instead of its placeholder; blocks until it is there.
     *
     * @throws RuntimeException what the call threw, if it failed
     */
    <T> T value(T future);
}
