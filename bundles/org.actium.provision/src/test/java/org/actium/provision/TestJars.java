package org.actium.provision;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Small bundles. */
final class TestJars {

    private TestJars() {}

    /** A bundle with one more header and a resource {@code <name>.txt}. */
    static Path bundle(Path jar, String name, String version, String header) throws IOException {
        String headers = "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: " + name
                + "\nBundle-Version: " + version + "\n" + header + "\n";
        Manifest manifest = new Manifest(new ByteArrayInputStream(headers.getBytes(StandardCharsets.UTF_8)));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry(name + ".txt"));
            out.write(version.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
            out.putNextEntry(new ZipEntry(name + "/here.txt"));
            out.closeEntry();
        }
        return jar;
    }
}
