package org.actium.remote.relay;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.runtime.spi.Threads;

/**
 * Runs tasks one at a time and in order, on a virtual thread that exists only while there are any. None may throw. Has a twin in
 * {@code remote.core}, which logs what listeners throw: variants share by exported packages only, and these few lines are no port.
 */
final class Sequence {

    private final Threads threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Sequence(Threads threads) {
        this.threads = threads;
    }

    void run(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            threads.run(() -> {
                do {
                    tasks.remove().run();
                } while (waiting.decrementAndGet() > 0);
            });
        }
    }
}
