package org.actium.service.updates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Constants;

/** What a jar says of itself. */
final class BundleJar {

    private BundleJar() {}

    /** @throws IllegalArgumentException if it is no bundle */
    static String symbolicName(byte[] jar) {
        try {
            return manifest(jar)
                    .map(manifest -> manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME))
                    .map(name -> name.split(";")[0].strip())
                    .orElseThrow(() -> new IllegalArgumentException("that is no bundle: " + jar.length
                            + " bytes without a manifest that has the header " + Constants.BUNDLE_SYMBOLICNAME));
        } catch (IOException damaged) {
            throw new IllegalArgumentException("that is no bundle: " + damaged.getMessage(), damaged);
        }
    }

    /** Wherever it is: frameworks do not ask that it comes first. */
    private static Optional<Manifest> manifest(byte[] jar) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    return Optional.of(new Manifest(in));
                }
            }
            return Optional.empty();
        }
    }
}
