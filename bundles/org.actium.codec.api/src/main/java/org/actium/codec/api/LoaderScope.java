package org.actium.codec.api;

import java.util.Objects;

/** The scope of one class loader, in OSGi of one bundle wiring. */
record LoaderScope(ClassLoader loader) implements ClassScope {

    LoaderScope {
        Objects.requireNonNull(loader, "loader");
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }

    @Override
    public boolean admits(Class<?> type) {
        return type.getClassLoader() == loader || isApi(type.getPackageName());
    }

    private static boolean isApi(String packageName) {
        return packageName.startsWith("org.actium.")
                && (packageName.endsWith(".api") || packageName.endsWith(".spi") || packageName.endsWith(".model"));
    }
}
