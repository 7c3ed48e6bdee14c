package org.actium.codec.api;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The scope of one class loader, in OSGi of one bundle wiring. */
final class LoaderScope implements ClassScope {

    private final ClassLoader loader;
    private final ImportedPackages imported;

    /** Of which there were admitted classes; those are not looked for among what is imported again. */
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    LoaderScope(ClassLoader loader) {
        this.loader = Objects.requireNonNull(loader, "loader");
        this.imported = ImportedPackages.of(loader);
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (!own.contains(packageName) && !isApi(packageName) && imported.contains(packageName)) {
            throw new CodecException(
                    "the message names " + name + ", which is not admitted here: its package is imported"
                            + " from another bundle by that of " + loader);
        }
        Class<?> type = Class.forName(name, false, loader);
        if (type.getClassLoader() == loader) {
            own.add(packageName);
        }
        return type;
    }

    @Override
    public boolean admits(Class<?> type) {
        return type.getClassLoader() == loader || isApi(type.getPackageName());
    }

    private static boolean isApi(String packageName) {
        return packageName.startsWith("org.actium.")
                && (packageName.endsWith(".api") || packageName.endsWith(".spi") || packageName.endsWith(".model"));
    }

    @Override
    public String toString() {
        return "what " + loader + " sees";
    }
}
