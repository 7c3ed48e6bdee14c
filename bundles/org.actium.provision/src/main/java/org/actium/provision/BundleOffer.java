package org.actium.provision;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A bundle that a runtime can give.
 *
 * @param sha256 of its jar, in hexadecimal
 * @param length of its jar in bytes
 * @param wiredTo the bundles it uses there and the fragments attached to it, without the framework
 * @param updated whether a bundle of that symbolic name has been updated there, and is not what it was before
 * @param versions all that are installed there of that symbolic name
 */
record BundleOffer(
        BundleName bundle,
        String sha256,
        long length,
        List<BundleName> wiredTo,
        boolean updated,
        List<BundleName> versions)
        implements Serializable {

    BundleOffer {
        Objects.requireNonNull(bundle, "bundle");
        if (!Digest.isOne(sha256)) { // it becomes the name of a file
            throw new IllegalArgumentException("'" + sha256 + "' is no SHA-256 in hexadecimal");
        }
        wiredTo = List.copyOf(wiredTo);
        versions = List.copyOf(versions);
    }
}
