package org.actium.provision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.provision.api.ProvisionException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** The bundles of this framework. */
final class InstalledBundles {

    /** Of capabilities and requirements; OSGi Compendium, 135.4. */
    private static final String SERVICES = "osgi.service";

    private final BundleContext context;

    InstalledBundles(BundleContext context) {
        this.context = context;
    }

    Optional<Bundle> find(BundleName name) {
        return Arrays.stream(context.getBundles()).filter(name::names).findFirst();
    }

    /** Of all versions. */
    List<Bundle> named(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .toList();
    }

    Bundle require(BundleName name) {
        return find(name).orElseThrow(() -> new ProvisionException("bundle " + name + " is not installed here"));
    }

    /**
     * The bundles that this one gets something from, those whose services it cannot do without, and the fragments attached to
     * it; without the framework and itself.
     */
    List<BundleName> wiredTo(Bundle bundle) {
        BundleWiring wiring = wiring(bundle);
        Stream<BundleRevision> providers =
                present(wiring.getRequiredWires(null)).map(BundleWire::getProvider);
        Stream<BundleRevision> fragments =
                present(wiring.getProvidedWires(HostNamespace.HOST_NAMESPACE)).map(BundleWire::getRequirer);
        return Stream.of(
                        providers.map(BundleRevision::getBundle),
                        fragments.map(BundleRevision::getBundle),
                        servants(bundle))
                .flatMap(all -> all)
                .filter(other -> other.getBundleId() != 0 && !other.equals(bundle))
                .distinct()
                .map(BundleName::of)
                .toList();
    }

    /** None if the bundle has just been refreshed. */
    private static Stream<BundleWire> present(List<BundleWire> wires) {
        return Stream.ofNullable(wires).flatMap(List::stream);
    }

    /**
     * The bundles that say they offer the services this one says it needs ({@code osgi.service}, as DS components do). Of
     * several one will do: one that is active before others.
     */
    private Stream<Bundle> servants(Bundle bundle) {
        return bundle.adapt(BundleRevision.class).getDeclaredRequirements(SERVICES).stream()
                .filter(needed -> !Namespace.RESOLUTION_OPTIONAL.equals(
                        needed.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE)))
                .flatMap(needed -> servant(needed).stream());
    }

    private Optional<Bundle> servant(BundleRequirement needed) {
        return Arrays.stream(context.getBundles())
                .filter(other -> offers(other, needed))
                .min(Comparator.comparing(other -> other.getState() != Bundle.ACTIVE));
    }

    private static boolean offers(Bundle bundle, BundleRequirement needed) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredCapabilities(SERVICES).stream().anyMatch(needed::matches);
    }

    /** Whether it is installed with all it needs. */
    boolean isResolved(BundleName name) {
        return find(name).map(bundle -> bundle.adapt(BundleWiring.class)).isPresent();
    }

    ClassLoader loader(Bundle bundle) {
        ClassLoader loader = wiring(bundle).getClassLoader();
        if (loader == null) {
            throw new ProvisionException(
                    "bundle " + BundleName.of(bundle) + " is a fragment: it has no classes of its own");
        }
        return loader;
    }

    private BundleWiring wiring(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
            wiring = bundle.adapt(BundleWiring.class);
        }
        if (wiring == null || !wiring.isInUse()) {
            throw new ProvisionException("bundle " + BundleName.of(bundle) + " does not resolve here"
                    + (wiring == null ? "" : " at this moment, because it is being refreshed"));
        }
        return wiring;
    }

    /**
     * Installs the jars, resolves all of them, and starts them, the last first; or leaves none of them behind.
     *
     * @param jars each before those that it needs
     */
    void install(List<Path> jars) {
        List<Bundle> installed = new ArrayList<>();
        try {
            for (Path jar : jars) {
                installed.add(context.installBundle("reference:" + jar.toUri()));
            }
            resolve(installed);
            for (Bundle bundle : installed.reversed()) {
                start(bundle);
            }
        } catch (BundleException | RuntimeException unusable) {
            installed.reversed().forEach(InstalledBundles::uninstall);
            throw new ProvisionException("a fetched bundle cannot be used here: " + unusable.getMessage(), unusable);
        }
    }

    /** Nothing of a set of bundles starts unless all of it can be used. */
    private void resolve(List<Bundle> installed) throws BundleException {
        if (context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(installed)) {
            return;
        }
        for (Bundle bundle : installed) {
            if (bundle.adapt(BundleWiring.class) == null) {
                start(bundle); // to be told why it cannot
            }
        }
        throw new BundleException("a fragment does not resolve");
    }

    /** Starts a bundle that was there already. */
    void ensureStarted(Bundle bundle) {
        try {
            start(bundle);
        } catch (BundleException | RuntimeException failed) {
            throw new ProvisionException(
                    "bundle " + BundleName.of(bundle) + " is installed, but does not start: " + failed.getMessage(),
                    failed);
        }
    }

    private static void start(Bundle bundle) throws BundleException {
        boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        if (!fragment) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
    }

    private static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException gone) {
            // it is on its way out already
            return;
        }
    }
}
