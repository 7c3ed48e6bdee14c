package org.actium.future.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.actium.future.api.FutureList;
import org.actium.runtime.spi.Time;

/** A list of futures; compares them by identity, since {@code equals} would wait for their values. */
final class WatchedFutures<T> implements FutureList<T> {

    private final TransparentFutures futures;
    private final Time time;
    private final List<T> watched = new ArrayList<>();

    WatchedFutures(TransparentFutures futures, Time time) {
        this.futures = futures;
        this.time = time;
    }

    @Override
    public FutureList<T> add(T future) {
        watched.add(Objects.requireNonNull(future, "future: only futures, and values that are there, can be watched"));
        return this;
    }

    @Override
    public boolean remove(T future) {
        for (int i = 0; i < watched.size(); i++) {
            if (watched.get(i) == future) {
                watched.remove(i);
                return true;
            }
        }
        return false;
    }

    @Override
    public int size() {
        return watched.size();
    }

    @Override
    public int awaited() {
        return stillAwaited().size();
    }

    private List<T> stillAwaited() {
        return watched.stream().filter(futures::isAwaited).toList();
    }

    @Override
    public T get(int position) {
        return watched.get(Objects.checkIndex(position, watched.size()));
    }

    @Override
    public List<T> all() {
        return List.copyOf(watched);
    }

    @Override
    public void waitForAll() {
        futures.waitForAll(watched);
    }

    @Override
    public void waitForAll(Duration limit) throws TimeoutException {
        futures.waitForAll(watched, limit);
    }

    @Override
    public void waitFor(int count) {
        if (count == watched.size()) {
            waitForAll(); // one by one: each of them is needed
        } else {
            waitUntilThere(count, Optional.empty());
        }
    }

    @Override
    public void waitFor(int count, Duration limit) throws TimeoutException {
        int there = waitUntilThere(
                count,
                Optional.of(new Deadline(
                        time, Objects.requireNonNull(limit, "limit: say how long to wait, or wait without a limit"))));
        if (there < count) {
            throw new TimeoutException(there + " of " + watched.size() + " results are there after " + limit.toMillis()
                    + " ms, not " + count);
        }
    }

    /** @return how many are there */
    private int waitUntilThere(int count, Optional<Deadline> deadline) {
        if (count > watched.size()) {
            throw new IllegalArgumentException(
                    "waits for " + count + " futures, but there are only " + watched.size() + " in the list");
        }
        while (true) {
            List<T> awaited = stillAwaited();
            int there = watched.size() - awaited.size();
            Optional<Duration> left = deadline.map(Deadline::left);
            if (there >= count || left.filter(Duration::isZero).isPresent()) {
                return there;
            }
            futures.awaitAny(awaited, left);
        }
    }

    @Override
    public T takeAny() {
        if (watched.isEmpty()) {
            throw new IllegalStateException("the list is empty: there is no future to wait for");
        }
        return watched.remove(futures.waitForAny(watched));
    }
}
