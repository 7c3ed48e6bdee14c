package org.actium.itests.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Bundles of the neighbouring modules, as files. */
public final class TestBundles {

    private TestBundles() {}

    /** Active objects to create. */
    public static Path application() {
        return jar("application", "org.actium.itests.application");
    }

    /** The application that {@code actium torture} runs. */
    public static Path torture() {
        return jar("torture", "org.actium.itests.torture");
    }

    /** A technical service to install while containers run. */
    public static Path labelService() {
        return jar("label-service", "org.actium.itests.label");
    }

    /**
     * That bundle with something else in it.
     *
     * @param version of the bundle; empty for that it has
     * @param files text by name
     */
    public static InputStream labelService(String version, Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarFile original = new JarFile(labelService().toFile())) {
            Manifest manifest = new Manifest(original.getManifest());
            if (!version.isEmpty()) {
                manifest.getMainAttributes().putValue("Bundle-Version", version);
            }
            try (JarOutputStream edition = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry : Collections.list(original.entries())) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        edition.putNextEntry(new JarEntry(entry.getName()));
                        original.getInputStream(entry).transferTo(edition);
                    }
                }
                for (Map.Entry<String, String> file : files.entrySet()) {
                    edition.putNextEntry(new JarEntry(file.getKey()));
                    edition.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
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
