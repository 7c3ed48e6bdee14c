package org.actium.remote.core;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.remote.spi.Connection;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeId;

/** One connection that carries a link, until it is lost or another one takes its place. */
final class Attachment {

    private final Introduction introduction;
    private final RuntimeId dialler;
    private final String transport;
    private final Optional<Endpoint> dialled;
    private final Connection connection;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();

    /** The thread that hands a frame to its handler now; written before, and read after, {@link #over}. */
    private volatile Thread handling;

    private volatile boolean begun;

    private volatile boolean over;

    /** How many frames of the link come before the next one on this connection. Belongs to the reader. */
    private long position;

    /** @param dialled where this side has dialled; empty if the other side has */
    Attachment(
            Introduction introduction,
            RuntimeId dialler,
            String transport,
            Optional<Endpoint> dialled,
            Connection connection) {
        this.introduction = introduction;
        this.dialler = dialler;
        this.transport = transport;
        this.dialled = dialled;
        this.connection = connection;
    }

    Introduction introduction() {
        return introduction;
    }

    RuntimeId dialler() {
        return dialler;
    }

    /** What carries it. */
    String transport() {
        return transport;
    }

    /** Where this side has dialled; empty if the other side has. */
    Optional<Endpoint> dialled() {
        return dialled;
    }

    Connection connection() {
        return connection;
    }

    /** Whether it led there: if nobody listens there any more, the process at its other end has gone. */
    boolean ledTo(Endpoint endpoint) {
        return dialled.equals(Optional.of(endpoint))
                || connection.host().equals(Optional.of(endpoint.host()))
                        && endpoint.transport().equals(transport);
    }

    /** Both sides know that it carries the link. */
    void begin() {
        begun = true;
    }

    /** Whether frames of the link may leave over it. */
    boolean isCarrying() {
        return begun && !over;
    }

    /** Nothing that arrives is handled any more. */
    boolean isOver() {
        return over;
    }

    /** Before anything arrives: the other side was told that this one has so many frames. */
    void beginAt(long received) {
        position = received;
    }

    /** The number of the frame that has arrived; on the reader's thread. */
    long nextFrame() {
        return ++position;
    }

    /** On the reader's thread. @return whether the frame may be handled; {@link #handled} follows in any case */
    boolean handle() {
        handling = Thread.currentThread();
        return !over;
    }

    /** Whether this thread hands a frame to its handler now. */
    boolean isHandling() {
        return handling == Thread.currentThread();
    }

    void handled() {
        handling = null;
        if (over) {
            lock.lock();
            try {
                quiet.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** No frame is handled from now on, except the one that may be in hand. */
    void end() {
        over = true;
    }

    /** Once it is over: blocks until no frame of it is being handled, unless by this thread. */
    void awaitQuiet() {
        lock.lock();
        try {
            while (handling != null && handling != Thread.currentThread()) {
                quiet.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
