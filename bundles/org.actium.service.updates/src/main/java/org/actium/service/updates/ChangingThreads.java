package org.actium.service.updates;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.actium.runtime.api.Registration;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Announces a change of bundles for each thread on which these stop and start: what they ask for meanwhile must not wait for
 * its end, which waits for them.
 */
final class ChangingThreads implements SynchronousBundleListener, AutoCloseable {

    private final BundleContext context;
    private final Collection<Bundle> changing;
    private final Supplier<Registration> announcing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Thread, Registration> announced = new HashMap<>(); // guarded by lock
    private boolean over; // guarded by lock

    /** @param announcing for the thread that calls it */
    ChangingThreads(BundleContext context, Collection<Bundle> changing, Supplier<Registration> announcing) {
        this.context = context;
        this.changing = List.copyOf(changing);
        this.announcing = announcing;
        context.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (!changing.contains(event.getBundle())) {
            return; // somebody else starts it, on a thread that may wait
        }
        if (isNew(Thread.currentThread())) {
            Registration change = announcing.get();
            if (!note(Thread.currentThread(), change)) {
                change.close();
            }
        }
    }

    private boolean isNew(Thread thread) {
        lock.lock();
        try {
            return !over && !announced.containsKey(thread);
        } finally {
            lock.unlock();
        }
    }

    /** @return whether that is in time to be closed at the end */
    private boolean note(Thread thread, Registration change) {
        lock.lock();
        try {
            if (!over) {
                announced.put(thread, change);
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
        ended().forEach(Registration::close);
    }

    private Collection<Registration> ended() {
        lock.lock();
        try {
            over = true;
            return List.copyOf(announced.values());
        } finally {
            lock.unlock();
        }
    }
}
