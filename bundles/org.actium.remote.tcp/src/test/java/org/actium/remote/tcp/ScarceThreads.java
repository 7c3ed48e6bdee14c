package org.actium.remote.tcp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.runtime.spi.Threads;

/** Threads of this JVM, some of which cannot be started, as where a host limits how many a process may have. */
final class ScarceThreads implements Threads {

    private final Threads real = new JvmThreads();
    private final List<String> missing = new CopyOnWriteArrayList<>();

    /** The next one whose name begins so is not started. */
    void refuseOne(String beginning) {
        missing.add(beginning);
    }

    /** Whether all that were to be refused were asked for. */
    boolean haveRefused() {
        return missing.isEmpty();
    }

    @Override
    public void run(Runnable task) {
        real.run(task);
    }

    @Override
    public Thread start(String name, Runnable task) {
        return real.start(name, task);
    }

    @Override
    public Thread startReader(String name, Runnable task) {
        for (String beginning : missing) {
            if (name.startsWith(beginning) && missing.remove(beginning)) {
                throw new OutOfMemoryError("unable to create native thread, says the test");
            }
        }
        return real.startReader(name, task);
    }
}
