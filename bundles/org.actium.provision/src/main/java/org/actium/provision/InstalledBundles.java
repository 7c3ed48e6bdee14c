package org.actium.provision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.provision.api.ProvisionException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles of this framework. */
final class InstalledBundles {

    private final BundleContext context;

    InstalledBundles(BundleContext context) {
        this.context = context;
    }

    Optional<Bundle> find(BundleName name) {
        return Arrays.stream(context.getBundles()).filter(name::names).findFirst();
    }

    Bundle require(BundleName name) {
        return find(name).orElseThrow(() -> new ProvisionException("bundle " + name + " is not installed here"));
    }

    /**
     * The bundles that this one gets something from and the fragments attached to it, without the framework and itself.
     */
    List<BundleName> wiredTo(Bundle bundle) {
        BundleWiring wiring = wiring(bundle);
        Stream<BundleRevision> providers =
                wiring.getRequiredWires(null).stream().map(BundleWire::getProvider);
        Stream<BundleRevision> fragments =
                wiring.getProvidedWires(HostNamespace.HOST_NAMESPACE).stream().map(BundleWire::getRequirer);
        return Stream.concat(providers, fragments)
                .map(BundleRevision::getBundle)
                .filter(other -> other.getBundleId() != 0 && !other.equals(bundle))
                .distinct()
                .map(BundleName::of)
                .toList();
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
        if (wiring == null) {
            throw new ProvisionException("bundle " + BundleName.of(bundle) + " does not resolve here");
        }
        return wiring;
    }

    /** Installs the jars and starts them, or leaves none of them behind. */
    void install(List<Path> jars) {
        List<Bundle> installed = new ArrayList<>();
        try {
            for (Path jar : jars) {
                installed.add(context.installBundle("reference:" + jar.toUri()));
            }
            for (Bundle bundle : installed) {
                start(bundle);
            }
        } catch (BundleException | RuntimeException unusable) {
            installed.reversed().forEach(InstalledBundles::uninstall);
            throw new ProvisionException("a fetched bundle cannot be used here: " + unusable.getMessage(), unusable);
        }
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
