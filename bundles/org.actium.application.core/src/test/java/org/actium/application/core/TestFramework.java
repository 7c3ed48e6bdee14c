package org.actium.application.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A framework with nothing in it, and jars to put into it. The test's class path provides what the jars import. */
final class TestFramework extends ExternalResource {

    private static final String PROVIDED = "org.actium.application.api";

    private final TemporaryFolder folder = new TemporaryFolder();
    private String imports = PROVIDED;
    private Framework framework;

    @Override
    protected void before() throws Throwable {
        folder.create();
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.newFolder("cache").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        PROVIDED,
                        "actium.home",
                        folder.getRoot().toString()));
        framework.start();
    }

    @Override
    protected void after() {
        try {
            framework.stop();
            framework.waitForStop(TimeUnit.SECONDS.toMillis(10));
        } catch (BundleException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        } finally {
            folder.delete();
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** From now on the bundles want this package too. */
    TestFramework importing(String missing) {
        imports = PROVIDED + "," + missing;
        return this;
    }

    /**
     * Writes a bundle {@code <actium.home>/<file>} with this header, these classes of the test, and a descriptor
     * {@code app.xml}.
     */
    Path jar(String file, String header, Class<?>... classes) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, file.replaceAll(".*/|\\.jar$", ""));
        attributes.putValue(Constants.IMPORT_PACKAGE, imports);
        if (!header.isEmpty()) {
            attributes.putValue(ApplicationHeader.HEADER, header);
        }
        Path jar = folder.getRoot().toPath().resolve(file);
        try {
            Files.createDirectories(jar.getParent());
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out, manifest)) {
                entries.putNextEntry(new JarEntry("app.xml"));
                entries.write("<descriptor/>".getBytes(StandardCharsets.UTF_8));
                for (Class<?> type : classes) {
                    String name = type.getName().replace('.', '/') + ".class";
                    entries.putNextEntry(new JarEntry(name));
                    try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                        in.transferTo(entries);
                    }
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return jar;
    }
}
