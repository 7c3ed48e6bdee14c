package org.actium.service.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * An installed technical service.
 *
 * @param id value of {@link TechnicalService#ID}
 * @param implementation name of the class
 * @param bundle symbolic name of the bundle that provides it
 * @param version version of that bundle
 */
public record ServiceOffer(String id, String implementation, String bundle, String version) implements Serializable {

    public ServiceOffer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(implementation, "implementation");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(version, "version");
    }
}
