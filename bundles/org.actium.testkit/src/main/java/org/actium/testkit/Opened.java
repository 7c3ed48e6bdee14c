package org.actium.testkit;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has opened: all of it is closed, the latest first, whatever fails at that. */
final class Opened implements AutoCloseable {

    private final Deque<AutoCloseable> latestFirst = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T opened) {
        latestFirst.push(opened);
        return opened;
    }

    /** @throws AssertionError with everything that failed */
    @Override
    public void close() {
        AssertionError failure = new AssertionError("what the test had opened was not closed cleanly");
        while (!latestFirst.isEmpty()) {
            try {
                latestFirst.pop().close();
            } catch (Exception | Error failed) {
                failure.addSuppressed(failed);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
