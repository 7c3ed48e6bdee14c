package org.actium.remote.core;

import org.actium.runtime.spi.Threads;

/** Everything on virtual threads. */
final class VirtualThreads implements Threads {

    @Override
    public void run(Runnable task) {
        Thread.startVirtualThread(task);
    }

    @Override
    public Thread start(String name, Runnable task) {
        return Thread.ofVirtual().name(name).start(task);
    }

    @Override
    public Thread startReader(String name, Runnable task) {
        return start(name, task);
    }
}
