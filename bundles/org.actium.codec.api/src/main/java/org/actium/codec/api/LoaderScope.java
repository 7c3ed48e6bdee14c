package org.actium.codec.api;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The scope of one class loader, in OSGi of one bundle wiring. */
final class LoaderScope implements ClassScope {

    private final ClassLoader loader;
    private final OwnClasses own;

    /** Those are not looked for again. */
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    LoaderScope(ClassLoader loader) {
        this.loader = Objects.requireNonNull(loader, "loader");
        this.own = OwnClasses.of(loader);
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (!found.contains(name) && !isApi(packageName) && !own.mayHave(name)) {
            throw new CodecException("the message names " + name
                    + ", which is not admitted here: it is no class of the bundle of " + loader + " itself");
        }
        Class<?> type = Class.forName(name, false, loader);
        if (type.getClassLoader() == loader) {
            found.add(name);
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
