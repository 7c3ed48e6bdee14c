package org.actium.deployment.core;

import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/** Waits for the start of the framework to end: only then is everything there that others may ask this runtime for. */
final class Startup {

    private Startup() {}

    /** Runs the action once, when all bundles are started; at once if they are. */
    static void whenComplete(BundleContext context, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        FrameworkListener listener = event -> {
            if (event.getType() == FrameworkEvent.STARTED && done.compareAndSet(false, true)) {
                action.run();
            }
        };
        context.addFrameworkListener(listener); // before the question, so that the answer cannot come between
        if (context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.ACTIVE
                && done.compareAndSet(false, true)) {
            action.run();
        }
    }
}
