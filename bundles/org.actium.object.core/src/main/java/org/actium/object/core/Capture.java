package org.actium.object.core;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.actium.object.spi.StubMethod;

/** The one call that is to be made asynchronous by {@code Futures.async}. Used by one thread. */
final class Capture {

    private final Thread owner = Thread.currentThread();
    private StubMethod method;
    private CompletableFuture<?> future;

    /** Not on threads that the one it is for has forked. */
    boolean isForThisThread() {
        return Thread.currentThread() == owner;
    }

    /** @throws IllegalStateException if there was one before */
    void begin(StubMethod called) {
        if (method != null) {
            throw new IllegalStateException("async takes one call: " + called + " came after " + method);
        }
        method = called;
    }

    void done(CompletableFuture<?> result) {
        future = result;
    }

    /** Whether the call was made, but could not be sent. */
    boolean wasRefused() {
        return method != null && future == null;
    }

    /** Empty if no call was made. */
    Optional<CompletableFuture<?>> future() {
        return Optional.ofNullable(future);
    }
}
