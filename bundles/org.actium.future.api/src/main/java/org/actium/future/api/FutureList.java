package org.actium.future.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Futures that are watched together, in the order in which they were added. Used by one thread at a time. What is no
 * future, as {@link Futures} has it, counts as a value that is there already; the same future may be in it more than once.
 */
@ProviderType
public interface FutureList<T> {

    /** @return this list */
    FutureList<T> add(T future);

    /** Takes the first occurrence out: the very future, not an equal value. @return whether it was in it */
    boolean remove(T future);

    int size();

    /** How many are still awaited. Never blocks. */
    int awaited();

    /** @param position from 0 */
    T get(int position);

    /** What is in it now, awaited or not. */
    List<T> all();

    /** Blocks until none is awaited. */
    void waitForAll();

    /** @throws TimeoutException if one is still awaited at the end */
    void waitForAll(Duration limit) throws TimeoutException;

    /**
     * Blocks until at least that many are there.
     *
     * @throws IllegalArgumentException if there are not so many in it
     */
    void waitFor(int count);

    /** @throws TimeoutException if fewer are there at the end */
    void waitFor(int count, Duration limit) throws TimeoutException;

    /**
     * Blocks until one is there, and takes it out.
     *
     * @throws IllegalStateException if the list is empty
     */
    T takeAny();
}
