package org.actium.console;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets nothing through after the last byte: what a command has begun may go on to print when it has returned, such as what
 * happens to a deployment. Any thread.
 */
final class UntilTheEnd extends OutputStream {

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean over; // guarded by lock

    UntilTheEnd(OutputStream out) {
        this.out = out;
    }

    /** Writes the last byte. */
    void with(int last) throws IOException {
        lock.lock();
        try {
            write(last);
            out.flush();
            over = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        lock.lock();
        try {
            if (!over) {
                out.write(bytes, from, length);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            if (!over) {
                out.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
