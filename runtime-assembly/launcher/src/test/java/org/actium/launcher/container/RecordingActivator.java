package org.actium.launcher.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Writes what it sees when it starts into the state directory; packed into a bundle by {@link ContainerTest}. */
public final class RecordingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) throws IOException, InvalidSyntaxException {
        ServiceReference<?>[] secrets =
                context.getServiceReferences(Supplier.class.getName(), "(actium.secret=join-token)");
        Object token = secrets == null ? "none" : ((Supplier<?>) context.getService(secrets[0])).get();
        Files.writeString(
                Path.of(context.getProperty("actium.state"), "seen"),
                context.getProperty("test.colour") + " " + context.getProperty("actium.assembly") + " " + token);
    }

    @Override
    public void stop(BundleContext context) throws IOException {
        Files.writeString(Path.of(context.getProperty("actium.state"), "stopped"), "");
    }
}
