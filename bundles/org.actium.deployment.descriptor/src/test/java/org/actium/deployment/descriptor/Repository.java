package org.actium.deployment.descriptor;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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

    /** The lines of a resource beside a class. */
    static Stream<String> lines(Class<?> beside, String resource) {
        return new BufferedReader(new InputStreamReader(beside.getResourceAsStream(resource), StandardCharsets.UTF_8))
                .lines();
    }
}
