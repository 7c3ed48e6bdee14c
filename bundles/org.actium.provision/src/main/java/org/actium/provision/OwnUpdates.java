package org.actium.provision;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** The bundles of this framework that have been updated, and are not again what they were before. */
final class OwnUpdates implements SynchronousBundleListener {

    private final Set<Long> updated = ConcurrentHashMap.newKeySet(); // numbers of bundles
    private final Map<Long, String> originals = new ConcurrentHashMap<>(); // digests, by number of the bundle
    private final Consumer<Bundle> gone;

    /** @param gone hears of bundles that are uninstalled */
    OwnUpdates(Consumer<Bundle> gone) {
        this.gone = gone;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        long bundle = event.getBundle().getBundleId();
        if (event.getType() == BundleEvent.UPDATED) {
            updated.add(bundle);
        } else if (event.getType() == BundleEvent.UNINSTALLED) {
            updated.remove(bundle);
            originals.remove(bundle);
            gone.accept(event.getBundle());
        }
    }

    /** What is in the bundle now: if it has not been updated yet, it will be known if that comes back. */
    void found(Bundle bundle, String digest) {
        if (!updated.contains(bundle.getBundleId())) {
            originals.putIfAbsent(bundle.getBundleId(), digest);
        }
    }

    /** @param digest of what is in it now */
    boolean contains(Bundle bundle, String digest) {
        return updated.contains(bundle.getBundleId()) && !digest.equals(originals.get(bundle.getBundleId()));
    }
}
