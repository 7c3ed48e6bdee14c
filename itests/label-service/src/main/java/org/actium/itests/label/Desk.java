package org.actium.itests.label;

/**
 * What the service works with on one node, and what may not be used when it is closed. Keeps in properties of the system,
 * which outlive the bundle, what it was used for ({@code label.work.…}), and what was wrong ({@code label.wrong.…}): not
 * everything that an interceptor throws reaches a caller.
 */
final class Desk implements AutoCloseable {

    /** So long that an update under load finds some at work. */
    private static final long WORK_NANOS = 20_000;

    private final String node;
    private volatile boolean closed;

    Desk(String node) {
        this.node = node;
    }

    void work(String what) {
        requireOpen(what);
        System.setProperty("label.work." + what, node);
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < WORK_NANOS) {
            Thread.onSpinWait();
        }
        requireOpen(what);
    }

    private void requireOpen(String what) {
        if (closed) {
            complain(what + " at a desk that was closed");
        }
    }

    void complain(String wrong) {
        System.setProperty("label.wrong." + wrong, node);
        throw new IllegalStateException("label of node " + node + ": " + wrong);
    }

    @Override
    public void close() {
        closed = true;
    }
}
