package org.actium.deployment.core;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** A runtime ends by stopping its framework: every bundle gets its turn to clean up, then the launcher ends the process. */
@Component(service = Stop.class)
public final class FrameworkStop implements Stop {

    private final BundleContext context;

    @Activate
    public FrameworkStop(BundleContext context) {
        this.context = context;
    }

    @Override
    public void stop() {
        try {
            context.getBundle(Constants.SYSTEM_BUNDLE_ID).stop(); // returns at once, by specification
        } catch (BundleException refused) {
            throw new IllegalStateException("the framework refuses to stop", refused);
        }
    }
}
