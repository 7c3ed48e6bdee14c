package org.actium.provision;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A bundle that a runtime can give.
 *
 * @param sha256 of its jar, in hexadecimal
 * @param length of its jar in bytes
 * @param wiredTo the bundles it uses there, without the framework
 */
record BundleOffer(BundleName bundle, String sha256, long length, List<BundleName> wiredTo) implements Serializable {

    BundleOffer {
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(sha256, "sha256");
        wiredTo = List.copyOf(wiredTo);
    }
}
