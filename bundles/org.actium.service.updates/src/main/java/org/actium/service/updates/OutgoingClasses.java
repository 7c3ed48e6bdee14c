package org.actium.service.updates;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private final List<Held> classes = new CopyOnWriteArrayList<>(); // who creates objects reads them without a lock
    private final List<String> spaces = new CopyOnWriteArrayList<>(); // what stops that runs all objects

    /** What loads classes that go, as long as there are any. @param bundle what it is called */
    private record Held(WeakReference<ClassLoader> loader, String bundle) {

        boolean loads(Class<?> type) {
            ClassLoader own = type.getClassLoader();
            return own != null && loader.refersTo(own);
        }

        boolean isGone() {
            return loader.refersTo(null);
        }
    }

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
        Map<Outgoing, Held> held = new HashMap<>();
        for (Bundle bundle : changing) {
            Outgoing.of(bundle)
                    .ifPresent(outgoing -> held.put(
                            outgoing, new Held(new WeakReference<>(outgoing.loader()), bundle.getSymbolicName())));
        }
        classes.removeIf(Held::isGone);
        classes.addAll(held.values());
        return () -> held.forEach((outgoing, entry) -> {
            if (outgoing.stays()) {
                classes.removeIf(one -> one == entry);
            }
        });
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
        for (Held held : classes) {
            if (held.loads(type)) {
                return Optional.of(held.bundle());
            }
        }
        return Optional.empty();
    }
}
