package org.actium.launcher.container;

import java.util.Hashtable;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers a command that counts its arguments; packed into a bundle by {@link ContainerTest}. */
public final class CommandActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        ToIntFunction<String[]> count = arguments -> arguments.length;
        context.registerService(ToIntFunction.class, count, new Hashtable<>(Map.of("actium.command", "count")));
    }

    @Override
    public void stop(BundleContext context) {}
}
