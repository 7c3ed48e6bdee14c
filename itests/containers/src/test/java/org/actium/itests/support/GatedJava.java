package org.actium.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Supplier;

/** A JDK whose java waits until it is let: what it is to run is started then, and has yet to begin. */
public final class GatedJava {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path jdk;

    /** @param jdk its directory, which is made anew */
    public GatedJava(Path jdk) {
        this.jdk = jdk;
        try {
            Containers.delete(jdk);
            Files.createDirectories(java().getParent());
            Files.writeString(java(), """
                    #!/bin/sh
                    jdk=$(dirname "$0")/..
                    touch "$jdk/begins"
                    until [ -e "$jdk/open" ]; do sleep 0.1; done
                    exec %s/bin/java "$@"
                    """.formatted(System.getProperty("java.home")));
            Files.setPosixFilePermissions(java(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** For a descriptor, as this machine sees it. */
    public Path java() {
        return jdk.resolve("bin/java");
    }

    /**
     * Waits until somebody has started it.
     *
     * @param otherwise describes what happens instead, for the failure
     */
    public void awaitStarted(Supplier<?> otherwise) {
        Eventually.becomes("a JVM is to start", LIMIT, () -> Files.exists(jdk.resolve("begins")), otherwise);
    }

    /** Lets all pass, whenever they come. */
    public void open() {
        try {
            Files.writeString(jdk.resolve("open"), "");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
