package org.actium.deployment.model;

import java.util.Objects;

/** A path on the host where it is used, relative to a base. */
public record HostPath(Base base, String path) {

    public HostPath {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(path, "path");
    }

    /** What a path is relative to. */
    public enum Base {
        /** The root of the file system. */
        ROOT,
        /** The home directory of the user. */
        HOME,
        /** The directory of the installation. */
        INSTALLATION
    }
}
