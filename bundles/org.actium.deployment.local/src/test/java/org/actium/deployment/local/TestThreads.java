package org.actium.deployment.local;

import org.actium.runtime.spi.Threads;

/** Threads of the JVM. */
final class TestThreads implements Threads {

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
        return Thread.ofPlatform().daemon().name(name).start(task);
    }
}
