package org.actium.runtime.core;

import java.util.concurrent.ThreadFactory;
import org.actium.runtime.spi.Threads;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Threads of this JVM. */
@Component
public final class SystemThreads implements Threads {

    private static final int RESTING_PER_PROCESSOR = 4;

    private final Crew crew;

    public SystemThreads() {
        int processors = Runtime.getRuntime().availableProcessors();
        ThreadFactory factory =
                Thread.ofVirtual().inheritInheritableThreadLocals(false).factory();
        this.crew = new Crew(processors, RESTING_PER_PROCESSOR * processors, factory);
    }

    @Deactivate
    public void close() {
        crew.close();
    }

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
