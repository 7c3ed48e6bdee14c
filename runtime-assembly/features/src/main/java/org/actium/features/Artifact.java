package org.actium.features;

import java.nio.file.Path;
import java.util.Objects;

/** What a bundle's id leads to in this build. */
public record Artifact(String version, Path file) {

    public Artifact {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(file, "file");
    }
}
