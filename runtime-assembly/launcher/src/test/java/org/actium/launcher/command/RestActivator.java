package org.actium.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Pretends to be the HTTP API, or what joins a parent; packed into a bundle by {@link DaemonLifeCycleTest}. */
public final class RestActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) throws IOException, InvalidSyntaxException {
        Path state = Path.of(context.getProperty("actium.state"));
        if (is("test.broken", context)) {
            throw new IllegalStateException("no disk");
        }
        if (context.getProperty("actium.http.port") != null) {
            Files.writeString(state.resolve("rest.token"), "secret");
            Files.writeString(state.resolve("rest.port"), context.getProperty("actium.http.port"));
        }
        if (is("test.joins", context)) {
            ServiceReference<?> token =
                    context.getServiceReferences(Supplier.class.getName(), "(actium.secret=join-token)")[0];
            Files.writeString(
                    state.resolve("seen-token"),
                    ((Supplier<?>) context.getService(token)).get().toString());
            Supplier<String> parent = () -> context.getProperty("actium.parent");
            context.registerService(Supplier.class, parent, new Hashtable<>(Map.of("actium.event", "joined")));
        }
        if (is("test.ends", context)) {
            Thread.ofVirtual().start(() -> end(context.getBundle(0)));
        }
    }

    private static void end(Bundle framework) {
        try {
            framework.stop();
        } catch (BundleException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean is(String property, BundleContext context) {
        return Boolean.parseBoolean(context.getProperty(property));
    }

    @Override
    public void stop(BundleContext context) {}
}
