package org.actium.remote.ssh;

import org.actium.runtime.spi.Threads;

/** Threads of this JVM. */
final class JvmThreads implements Threads {

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
