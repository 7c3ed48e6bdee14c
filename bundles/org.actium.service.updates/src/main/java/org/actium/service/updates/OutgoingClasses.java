package org.actium.service.updates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.object.api.CreationException;
import org.actium.object.spi.BirthGuard;
import org.actium.runtime.api.Registration;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The classes of which no active object begins any more, because their bundles change: whoever has looked that nothing is
 * lost by it finds that true until it is done. The classes that come in their place are not held up. Any thread.
 */
final class OutgoingClasses implements BirthGuard {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ClassLoader, String> bundles = new WeakHashMap<>(); // with what they are called; guarded by lock
    private volatile boolean any; // else nobody who creates objects needs the lock; written under it
    private final List<String> spaces = new CopyOnWriteArrayList<>(); // what stops that runs all objects

    /** A bundle and what loads its classes before it changes. */
    private record Outgoing(Bundle bundle, ClassLoader loader) {

        static Optional<Outgoing> of(Bundle bundle) {
            return loader(bundle).map(loader -> new Outgoing(bundle, loader));
        }

        static Optional<ClassLoader> loader(Bundle bundle) {
            return Optional.ofNullable(bundle.adapt(BundleWiring.class)).map(BundleWiring::getClassLoader);
        }

        boolean stays() {
            return loader(bundle).filter(loader::equals).isPresent();
        }
    }

    /** @return to be closed when the bundles have changed, or stay; those that changed have other classes by then */
    Registration hold(Iterable<Bundle> changing) {
        List<Outgoing> held = new ArrayList<>();
        lock.lock();
        try {
            any = true; // before whoever holds them looks which objects there are
            for (Bundle bundle : changing) {
                Outgoing.of(bundle)
                        .filter(outgoing -> bundles.putIfAbsent(outgoing.loader(), bundle.getSymbolicName()) == null)
                        .ifPresent(held::add);
            }
        } finally {
            lock.unlock();
        }
        return () -> release(held);
    }

    private void release(List<Outgoing> held) {
        List<ClassLoader> staying =
                held.stream().filter(Outgoing::stays).map(Outgoing::loader).toList();
        lock.lock();
        try {
            bundles.keySet().removeAll(staying);
            any = !bundles.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** No object begins at all. @param bundle what all of them need */
    Registration holdAll(String bundle) {
        spaces.add(bundle);
        return () -> spaces.remove(bundle);
    }

    @Override
    public void admit(Class<?> type) {
        for (String bundle : spaces) {
            throw new CreationException("no active object of class " + type.getName() + ": bundle " + bundle
                    + ", which runs all of them, is being changed; create it again when that is done");
        }
        bundle(type).ifPresent(bundle -> {
            throw new CreationException("no active object of class " + type.getName() + ": its bundle "
                    + bundle + " is being changed, or was, and the object would be lost with what it was before; create"
                    + " it again, of the class that is there then");
        });
    }

    private Optional<String> bundle(Class<?> type) {
        if (!any) {
            return Optional.empty();
        }
        lock.lock();
        try {
            any = !bundles.isEmpty(); // what has changed goes with its last object
            return Optional.ofNullable(bundles.get(type.getClassLoader()));
        } finally {
            lock.unlock();
        }
    }
}
