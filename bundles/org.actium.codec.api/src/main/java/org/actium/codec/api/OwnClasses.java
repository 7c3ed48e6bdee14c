package org.actium.codec.api;

import java.util.Collection;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What a class loader may define itself, found out without loading. A bundle wiring gets all other classes from elsewhere:
 * packages that it imports, also dynamically, bundles that it requires, and the parent of the framework (boot delegation).
 */
@FunctionalInterface
interface OwnClasses {

    /** False if a class of that name is certainly not defined by the loader. */
    boolean mayHave(String className);

    /** Of the wiring of that loader; of one that belongs to no wiring in use nothing is known. */
    static OwnClasses of(ClassLoader loader) {
        try {
            return loader instanceof BundleReference reference
                    ? name -> wiring(reference, loader)
                            .map(wiring -> isIn(wiring, reference.getBundle(), name))
                            .orElse(true)
                    : name -> true;
        } catch (NoClassDefFoundError noFramework) {
            return name -> true;
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

    private static boolean isIn(BundleWiring wiring, Bundle bundle, String className) {
        int dot = className.lastIndexOf('.');
        String folder = className.substring(0, Math.max(0, dot)).replace('.', '/');
        String file = className.substring(dot + 1) + ".class";
        return !imports(wiring, className.substring(0, Math.max(0, dot)))
                && (hasEntry(bundle, folder + "/" + file) || hasResource(wiring, folder, file));
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

    /** Where most are; the other way walks through all there is. */
    private static boolean hasEntry(Bundle bundle, String path) {
        try {
            return bundle.getEntry(path) != null;
        } catch (IllegalStateException uninstalled) {
            return false;
        }
    }

    /** Also in jars within the bundle, and in its fragments. */
    private static boolean hasResource(BundleWiring wiring, String folder, String file) {
        Collection<String> found = wiring.listResources(folder, file, BundleWiring.LISTRESOURCES_LOCAL);
        return found != null && !found.isEmpty();
    }
}
