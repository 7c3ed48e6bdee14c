package org.actium.provision;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** The bundles of this framework that have been updated. */
final class OwnUpdates implements SynchronousBundleListener {

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.UPDATED) {
            names.add(event.getBundle().getSymbolicName());
        }
    }

    boolean contains(String symbolicName) {
        return names.contains(symbolicName);
    }
}
