package org.actium.application.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actium.deployment.api.DescriptorSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application whose bundle is started.
 *
 * @param temporary whether the bundle was installed for this run only, and goes with it
 */
record Application(ApplicationHeader header, Bundle bundle, boolean temporary) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    Application {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(bundle, "bundle");
    }

    String name() {
        return header.name();
    }

    ClassLoader loader() {
        return bundle.adapt(BundleWiring.class).getClassLoader();
    }

    /** @throws UsageException if there is no such class, or no such method in it */
    Method main() {
        try {
            Method main = bundle.loadClass(header.main()).getMethod("main", String[].class);
            if (!Modifier.isStatic(main.getModifiers()) || main.getReturnType() != void.class) {
                throw noMain();
            }
            main.setAccessible(true); // the class itself need not be public
            return main;
        } catch (ClassNotFoundException missing) {
            throw new UsageException(
                    "application '" + name() + "': bundle " + bundle + " has no class " + header.main());
        } catch (NoSuchMethodException missing) {
            throw noMain();
        }
    }

    private UsageException noMain() {
        return new UsageException(
                "application '" + name() + "': class " + header.main() + " has no public static void main(String[])");
    }

    /**
     * The descriptor in the bundle, if the application has one.
     *
     * @throws UsageException if the bundle does not contain it
     */
    Optional<DescriptorSource> descriptor(Map<String, String> variables) {
        return header.descriptor().map(resource -> new DescriptorSource(resource, read(resource), variables));
    }

    private byte[] read(String resource) {
        URL url = bundle.getEntry(resource);
        if (url == null) {
            throw new UsageException("application '" + name() + "': bundle " + bundle + " has no resource " + resource);
        }
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("reading " + url, unreadable);
        }
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException stays) { // the second if the framework is gone already
            LOG.warn("application '{}': bundle {} was not uninstalled", name(), bundle, stays);
        }
    }
}
