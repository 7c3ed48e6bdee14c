package org.actium.service.updates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** What a jar says of itself. */
final class BundleJar {

    private BundleJar() {}

    /** @throws IllegalArgumentException if it is no bundle */
    static String symbolicName(byte[] jar) {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            Manifest manifest = in.getManifest();
            String name =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null) {
                throw new IllegalArgumentException("that is no bundle: " + jar.length + " bytes without a manifest that"
                        + " comes first and has the header " + Constants.BUNDLE_SYMBOLICNAME);
            }
            return name.split(";")[0].strip();
        } catch (IOException damaged) {
            throw new IllegalArgumentException("that is no bundle: " + damaged.getMessage(), damaged);
        }
    }
}
