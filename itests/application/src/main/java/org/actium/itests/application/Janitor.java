package org.actium.itests.application;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Looks after the bundles of the framework it lives in. */
public class Janitor {

    private WeakReference<ClassLoader> removed;

    private static BundleContext context() {
        return FrameworkUtil.getBundle(Janitor.class).getBundleContext();
    }

    private static List<Bundle> bundles(String name) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .toList();
    }

    /** The versions of that bundle that are installed here. */
    public String versions(String name) {
        return bundles(name).stream()
                .map(bundle -> bundle.getVersion().toString())
                .sorted()
                .toList()
                .toString();
    }

    /** Stops the bundle, which is there once. @return whether it is started */
    public boolean stop(String name) throws BundleException {
        bundles(name).getFirst().stop();
        return isStarted(name);
    }

    /** Starts the bundle, which is there once. @return whether it is started */
    public boolean start(String name) throws BundleException {
        bundles(name).getFirst().start();
        return isStarted(name);
    }

    private static boolean isStarted(String name) {
        return bundles(name).getFirst().getState() == Bundle.ACTIVE;
    }

    /** Uninstalls the bundle, which is there once, and what the framework keeps of it. */
    public boolean remove(String name) throws BundleException, InterruptedException {
        Bundle bundle = bundles(name).getFirst();
        removed = new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
        bundle.uninstall();
        CountDownLatch refreshed = new CountDownLatch(1);
        context()
                .getBundle(0)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> refreshed.countDown());
        refreshed.await();
        return bundles(name).isEmpty();
    }

    /** The names, without it, of the properties of the system that begin with that. */
    public Set<String> properties(String prefix) {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the class loader of what was removed is still there after a garbage collection. */
    public boolean isRemembered() {
        System.gc();
        return removed.get() != null;
    }
}
