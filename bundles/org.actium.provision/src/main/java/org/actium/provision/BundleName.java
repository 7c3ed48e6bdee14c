package org.actium.provision;

import java.io.Serializable;
import java.util.Objects;
import org.osgi.framework.Bundle;

/** Symbolic name and version: what two runtimes mean by the same bundle. */
record BundleName(String name, String version) implements Serializable {

    BundleName {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    static BundleName of(Bundle bundle) {
        return new BundleName(bundle.getSymbolicName(), bundle.getVersion().toString());
    }

    boolean names(Bundle bundle) {
        return name.equals(bundle.getSymbolicName())
                && version.equals(bundle.getVersion().toString());
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
