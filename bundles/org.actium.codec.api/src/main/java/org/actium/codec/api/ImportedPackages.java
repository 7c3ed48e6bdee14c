package org.actium.codec.api;

import java.util.Optional;
import org.osgi.framework.BundleReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** What a bundle wiring takes from others: classes of these packages are never its own, and need not be loaded to know. */
@FunctionalInterface
interface ImportedPackages {

    boolean contains(String packageName);

    /** Of the wiring of that loader; none if it belongs to no bundle. */
    static ImportedPackages of(ClassLoader loader) {
        try {
            return loader instanceof BundleReference bundle
                    ? name -> wiring(bundle, loader)
                            .filter(wiring -> imports(wiring, name))
                            .isPresent()
                    : name -> false;
        } catch (NoClassDefFoundError noFramework) {
            return name -> false;
        }
    }

    /** After an update and before a refresh a bundle has several. */
    private static Optional<BundleWiring> wiring(BundleReference reference, ClassLoader loader) {
        BundleRevisions revisions = reference.getBundle().adapt(BundleRevisions.class);
        return revisions == null
                ? Optional.empty()
                : revisions.getRevisions().stream()
                        .map(BundleRevision::getWiring)
                        .filter(wiring -> wiring != null && wiring.isInUse() && wiring.getClassLoader() == loader)
                        .findFirst();
    }

    private static boolean imports(BundleWiring wiring, String packageName) {
        for (BundleWire wire : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            Object name = wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
            if (packageName.equals(name) && wire.getProviderWiring() != wiring) {
                return true;
            }
        }
        return false;
    }
}
