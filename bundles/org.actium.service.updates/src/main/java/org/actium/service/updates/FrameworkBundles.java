package org.actium.service.updates;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.actium.runtime.api.Registration;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles of this container, and what can be done to them. */
final class FrameworkBundles {

    private static final Logger LOG = LoggerFactory.getLogger(FrameworkBundles.class);

    /** Nothing stops and starts for so long, unless it waits for something that waits for it. */
    private static final long REFRESH_SECONDS = 120;

    private final BundleContext context;
    private final Bundle framework;
    private final Needs needs;

    FrameworkBundles(BundleContext context, ServiceComponentRuntime components) {
        this.context = context;
        this.framework = context.getBundle(0);
        this.needs = new Needs(framework.getBundleContext(), components);
    }

    /** @param name symbolic name, of which there may be several versions, or number */
    List<Bundle> look(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()) || name.equals("" + bundle.getBundleId()))
                .toList();
    }

    /** @throws IllegalArgumentException if there is none, or more than one */
    Bundle find(String name) {
        List<Bundle> found = look(name);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no bundle '" + name + "' here; give its symbolic name or number, as felix:lb lists them");
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("there are several bundles '" + name + "' here; give the number of one: "
                    + found.stream()
                            .map(bundle -> bundle.getBundleId() + " (version " + bundle.getVersion() + ")")
                            .collect(Collectors.joining(", ")));
        }
        return found.getFirst();
    }

    /** What a refresh of these would restart, themselves included, and what would lose its services meanwhile. */
    Touched touched(Collection<Bundle> bundles) {
        Set<Bundle> refreshed = new LinkedHashSet<>(bundles);
        refreshed.addAll(wiring().getDependencyClosure(bundles));
        return new Touched(refreshed, needs.interruptedWithout(refreshed));
    }

    /** How these are now, to be compared with what comes of them. */
    Condition condition(Collection<Bundle> bundles) {
        return new Condition(bundles.stream().filter(FrameworkBundles::runs).toList(), needs.unmet(bundles));
    }

    /**
     * @param running those that are started
     * @param unmet the services that each of them needs and does not find, as filters
     */
    record Condition(List<Bundle> running, Map<Bundle, Set<String>> unmet) {}

    /** Starts what ran before. @return what is worse now than before the bundle was changed, as a clause */
    Optional<String> worseThan(Condition before, Bundle changed) {
        return before.running().stream()
                .filter(bundle -> !runs(bundle))
                .flatMap(bundle -> started(bundle).stream()
                        .map(unable -> named(bundle, changed) + " does not start any more: " + unable.getMessage()))
                .findFirst()
                .or(() -> lacking(before, changed));
    }

    private Optional<String> lacking(Condition before, Bundle changed) {
        return needs.unmet(before.running()).entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(need -> !before.unmet().get(entry.getKey()).contains(need))
                        .map(need -> named(entry.getKey(), changed) + " needs a service " + need
                                + ", which nobody offers then"))
                .findFirst();
    }

    private static String named(Bundle bundle, Bundle changed) {
        return bundle.equals(changed) ? "it" : "bundle " + bundle.getSymbolicName() + ", which depends on it,";
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
        int reached = framework.adapt(FrameworkStartLevel.class).getStartLevel();
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
     * Gives the bundle another content, with all that depends on it. It stops before and starts after that, so that it works
     * with the old wires or the new ones, and never with some of both.
     *
     * @param start whether it is to run then
     * @param changing announces the change for the thread that calls it
     * @return why it is not what it should be now
     */
    Optional<BundleException> exchange(Bundle bundle, byte[] jar, boolean start, Supplier<Registration> changing) {
        try (Registration _ = changing.get();
                ChangingThreads _ =
                        new ChangingThreads(context, wiring().getDependencyClosure(List.of(bundle)), changing)) {
            return exchange(bundle, jar, start);
        }
    }

    private Optional<BundleException> exchange(Bundle bundle, byte[] jar, boolean start) {
        BundleRevision before = bundle.adapt(BundleRevision.class);
        Optional<BundleException> refusal = stopped(bundle).or(() -> updated(bundle, jar));
        boolean replaced = bundle.adapt(BundleRevision.class) != before;
        if (replaced) {
            refresh(bundle);
        }
        Optional<BundleException> unable = start && !runs(bundle) ? started(bundle) : Optional.empty();
        return refusal.filter(refused -> !replaced).or(() -> unable);
    }

    /** Its next start is as it would have been. */
    private static Optional<BundleException> stopped(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
            return Optional.empty();
        } catch (BundleException refused) {
            return Optional.of(refused);
        }
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

    /** An interrupt does not end the wait: the framework would go on all the same. */
    private void refresh(Bundle bundle) {
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(List.of(bundle), event -> refreshed.countDown());
        if (!awaited(refreshed)) {
            LOG.error(
                    "bundle {}: what depends on it has not stopped and started again within {} s; goes on all the same",
                    bundle.getSymbolicName(),
                    REFRESH_SECONDS);
        }
    }

    private static boolean awaited(CountDownLatch refreshed) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FrameworkWiring wiring() {
        return framework.adapt(FrameworkWiring.class);
    }
}
