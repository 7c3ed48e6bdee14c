package org.actium.deployment.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentListener;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Threads;

/**
 * What happened to a deployment, for listeners that come at any time: each hears everything from the beginning, in order
 * and once, on an {@link EventLine} of its own. Nothing here blocks, so events may be added with a lock held.
 */
final class EventHistory {

    private final String name;
    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<DeploymentEvent> past = new ArrayList<>(); // guarded by lock
    private final List<Subscription> subscriptions = new ArrayList<>(); // guarded by lock

    /** @param name of the threads that listeners are called on */
    EventHistory(String name, Threads threads) {
        this.name = name;
        this.threads = threads;
    }

    void add(DeploymentEvent event) {
        lock.lock();
        try {
            past.add(event);
            subscriptions.forEach(subscription -> subscription.tell(event));
        } finally {
            lock.unlock();
        }
    }

    /** All that was added, oldest first. */
    List<DeploymentEvent> past() {
        lock.lock();
        try {
            return List.copyOf(past);
        } finally {
            lock.unlock();
        }
    }

    Registration listen(DeploymentListener listener) {
        var subscription = new Subscription(listener);
        lock.lock();
        try {
            past.forEach(subscription::tell);
            subscriptions.add(subscription);
        } finally {
            lock.unlock();
        }
        return subscription;
    }

    private final class Subscription implements Registration {

        private final DeploymentListener listener;
        private final EventLine line = new EventLine(name, threads);
        private volatile boolean closed;

        Subscription(DeploymentListener listener) {
            this.listener = listener;
        }

        void tell(DeploymentEvent event) {
            line.add(() -> {
                if (!closed) {
                    listener.happened(event);
                }
            });
        }

        @Override
        public void close() {
            closed = true;
            lock.lock();
            try {
                subscriptions.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
