package org.actium.object.core;

import java.util.concurrent.locks.ReentrantLock;

/** Arguments whose bytes are given back when they are read: the same ones for all who ask. Any thread. */
final class LongArguments implements Request.Arguments {

    private final Request.Arguments reading;
    private final Runnable giveBack;
    private final ReentrantLock lock = new ReentrantLock();
    private Object[] read; // guarded by lock; null until they are read

    LongArguments(Request.Arguments reading, Runnable giveBack) {
        this.reading = reading;
        this.giveBack = giveBack;
    }

    @Override
    public Object[] get() {
        lock.lock();
        try {
            if (read == null) {
                Object[] now = reading.get();
                if (read == null) { // else a class that asked for them while they were read has got them first
                    read = now;
                    giveBack.run();
                }
            }
            return read;
        } finally {
            lock.unlock();
        }
    }
}
