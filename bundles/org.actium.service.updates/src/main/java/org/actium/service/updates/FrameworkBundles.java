package org.actium.service.updates;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles of this container, and what can be done to them. */
final class FrameworkBundles {

    private static final Logger LOG = LoggerFactory.getLogger(FrameworkBundles.class);

    /** Nothing stops and starts for so long, unless it waits for something that waits for it. */
    private static final long REFRESH_SECONDS = 120;

    private final BundleContext context;

    FrameworkBundles(BundleContext context) {
        this.context = context;
    }

    /** @param name symbolic name or number */
    Optional<Bundle> look(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()) || name.equals("" + bundle.getBundleId()))
                .findFirst();
    }

    /** @throws IllegalArgumentException if there is none */
    Bundle find(String name) {
        return look(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no bundle '" + name
                        + "' here; give its symbolic name or number, as felix:lb lists them"));
    }

    /** Those that a refresh would restart, itself included. */
    Collection<Bundle> dependents(Bundle bundle) {
        return wiring().getDependencyClosure(List.of(bundle));
    }

    /** Installs and starts it, or neither. */
    void install(String name, byte[] jar) throws BundleException {
        Bundle installed = context.installBundle("installed:" + name, new ByteArrayInputStream(jar));
        try {
            start(installed);
        } catch (BundleException | RuntimeException unable) {
            installed.uninstall();
            refresh(installed);
            throw unable;
        }
    }

    /** Not at a level that the framework has not reached, at which nothing would happen. */
    void start(Bundle bundle) throws BundleException {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        int reached = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
        if (level.getStartLevel() > reached) {
            level.setStartLevel(reached);
        }
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
            bundle.start();
        }
    }

    void uninstall(Bundle bundle) throws BundleException {
        bundle.uninstall();
        refresh(bundle);
    }

    /** Whether it is started, or will be as soon as somebody uses a class of it. */
    static boolean runs(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    }

    /**
     * Gives the bundle another content, with all that depends on it.
     *
     * @param start whether it is to run then
     * @return why it is not what it should be now
     */
    Optional<BundleException> exchange(Bundle bundle, byte[] jar, boolean start) {
        BundleRevision before = bundle.adapt(BundleRevision.class);
        Optional<BundleException> refusal = updated(bundle, jar);
        boolean replaced = bundle.adapt(BundleRevision.class) != before;
        if (replaced) {
            refresh(bundle);
        }
        Optional<BundleException> unable = start && !runs(bundle) ? started(bundle) : Optional.empty();
        return refusal.filter(refused -> !replaced).or(() -> unable);
    }

    /** Why the framework complains: it kept the old content, or took the new one and cannot start it. */
    private static Optional<BundleException> updated(Bundle bundle, byte[] jar) {
        try {
            bundle.update(new ByteArrayInputStream(jar));
            return Optional.empty();
        } catch (BundleException refused) {
            return Optional.of(refused);
        }
    }

    private static Optional<BundleException> started(Bundle bundle) {
        try {
            bundle.start();
            return Optional.empty();
        } catch (BundleException refused) {
            return Optional.of(refused);
        }
    }

    private void refresh(Bundle bundle) {
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(List.of(bundle), event -> refreshed.countDown());
        try {
            if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                LOG.error(
                        "bundle {}: what depends on it has not stopped and started again within {} s; goes on all the same",
                        bundle.getSymbolicName(),
                        REFRESH_SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private FrameworkWiring wiring() {
        return context.getBundle(0).adapt(FrameworkWiring.class);
    }
}
