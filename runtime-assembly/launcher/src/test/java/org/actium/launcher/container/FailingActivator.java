package org.actium.launcher.container;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Does not start; packed into a bundle by {@link ContainerTest}. */
public final class FailingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("no disk");
    }

    @Override
    public void stop(BundleContext context) {}
}
