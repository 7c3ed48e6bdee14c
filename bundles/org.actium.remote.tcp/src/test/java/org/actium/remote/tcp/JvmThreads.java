package org.actium.remote.tcp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.runtime.spi.Threads;

/** Threads of this JVM, remembered where they have names. */
class JvmThreads implements Threads {

    final List<Thread> started = new CopyOnWriteArrayList<>();

    @Override
    public void run(Runnable task) {
        Thread.startVirtualThread(task);
    }

    @Override
    public Thread start(String name, Runnable task) {
        return remembered(Thread.ofVirtual().name(name).unstarted(task));
    }

    @Override
    public Thread startReader(String name, Runnable task) {
        return remembered(Thread.ofPlatform().daemon().name(name).unstarted(task));
    }

    private Thread remembered(Thread thread) {
        started.add(thread);
        thread.start();
        return thread;
    }
}
