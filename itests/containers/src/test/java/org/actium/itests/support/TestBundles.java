package org.actium.itests.support;

import java.nio.file.Files;
import java.nio.file.Path;

/** Bundles of the neighbouring modules, as files. */
public final class TestBundles {

    private TestBundles() {}

    /** Active objects to create. */
    public static Path application() {
        return jar("application", "org.actium.itests.application");
    }

    /** A technical service to install while containers run. */
    public static Path labelService() {
        return jar("label-service", "org.actium.itests.label");
    }

    private static Path jar(String module, String artifact) {
        Path jar = Path.of(System.getProperty("actium.itests"))
                .resolve(module)
                .resolve("target")
                .resolve(artifact + "-" + System.getProperty("actium.version") + ".jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing; build the reactor from its root");
        }
        return jar;
    }
}
