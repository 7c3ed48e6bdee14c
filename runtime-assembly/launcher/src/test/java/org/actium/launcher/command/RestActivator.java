package org.actium.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Pretends that the HTTP API is there; packed into a bundle by {@link DaemonLifeCycleTest}. */
public final class RestActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) throws IOException {
        if (Boolean.parseBoolean(context.getProperty("test.broken"))) {
            throw new IllegalStateException("no disk");
        }
        Path state = Path.of(context.getProperty("actium.state"));
        Files.writeString(state.resolve("rest.token"), "secret");
        Files.writeString(state.resolve("rest.port"), context.getProperty("actium.http.port"));
    }

    @Override
    public void stop(BundleContext context) {}
}
