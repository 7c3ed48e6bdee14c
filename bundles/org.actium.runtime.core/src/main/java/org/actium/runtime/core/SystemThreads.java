package org.actium.runtime.core;

import org.actium.runtime.spi.Threads;
import org.osgi.service.component.annotations.Component;

/** Threads of this JVM. */
@Component
public final class SystemThreads implements Threads {

    private static final int RESTING_PER_PROCESSOR = 4;

    private final Crew crew =
            new Crew(RESTING_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());

    @Override
    public void run(Runnable task) {
        crew.run(task);
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
