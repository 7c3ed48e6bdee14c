package org.actium.provision;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Small bundles. */
final class TestJars {

    private TestJars() {}

    /** A bundle that exports the package of the class and contains the class. */
    static Path withClass(Path jar, String name, String version, Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        Manifest manifest = manifest(name, version, "Export-Package: " + type.getPackageName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            out.putNextEntry(new ZipEntry(file));
            in.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }

    private static Manifest manifest(String name, String version, String header) throws IOException {
        String headers = "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: " + name
                + "\nBundle-Version: " + version + "\n" + header + "\n";
        return new Manifest(new ByteArrayInputStream(headers.getBytes(StandardCharsets.UTF_8)));
    }

    /** A bundle with one more header and a resource {@code <name>.txt} that says its version. */
    static Path bundle(Path jar, String name, String version, String header) throws IOException {
        return bundle(jar, name, version, header, version);
    }

    /** @param content of the resource */
    static Path bundle(Path jar, String name, String version, String header, String content) throws IOException {
        Manifest manifest = manifest(name, version, header);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry(name + ".txt"));
            out.write(content.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
            out.putNextEntry(new ZipEntry(name + "/here.txt"));
            out.closeEntry();
        }
        return jar;
    }
}
