package org.actium.features;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A bundle as a file of a distribution.
 *
 * @param feature the feature that names it
 */
public record AssembledBundle(String artifactId, String version, Path file, int startLevel, String feature) {

    public AssembledBundle {
        Objects.requireNonNull(artifactId, "artifactId");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(feature, "feature");
    }
}
