package org.actium.deployment.descriptor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests find what belongs to no bundle. */
final class Repository {

    private Repository() {}

    /** The directory that holds {@code bnd.bnd}, from the directory of this bundle or of the repository. */
    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("bnd.bnd")) && directory.getParent() != null) {
            directory = directory.getParent();
        }
        return directory;
    }
}
