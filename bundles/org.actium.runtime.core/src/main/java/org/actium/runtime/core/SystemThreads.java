package org.actium.runtime.core;

import org.actium.runtime.spi.Threads;
import org.osgi.service.component.annotations.Component;

/** Threads of this JVM. */
@Component
public final class SystemThreads implements Threads {

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
