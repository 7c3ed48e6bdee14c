package org.actium.service.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.actium.deployment.api.Deployments;
import org.actium.object.api.ActiveObjects;
import org.actium.object.spi.ObjectHandles;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.service.api.TechnicalServices;
import org.actium.testkit.Fake;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** Bundles without a class, in a framework with nothing else in it. */
public class GuardedUpdatesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Framework framework;
    private GuardedUpdates updates;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, folder.newFolder("cache").toString()));
        framework.start();
        updates = new GuardedUpdates(
                framework.getBundleContext(),
                Fake.of(ActiveObjects.class, Map.of("objects", List.of())),
                Fake.of(ObjectHandles.class, Map.of()),
                Fake.of(ActiumRuntime.class, Map.of("nodes", List.of())),
                Fake.of(TechnicalServices.class, Map.of()),
                Fake.of(Deployments.class, Map.of("deployments", List.of())));
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(10));
    }

    @Test
    public void updatesABundleToAnotherVersion() {
        updates.install(jar("guard", "1.0.0", ""));

        assertThat(updates.update("guard", jar("guard", "1.1.0", ""), false).refreshed())
                .containsExactly("guard");

        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void doesNotTurnABundleIntoAnother() {
        updates.install(jar("guard", "1.0.0", ""));

        assertThatThrownBy(() -> updates.update("guard", jar("garden", "1.1.0", ""), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "bundle guard is not updated: what was given is bundle garden; install that, or give a version"
                                + " of guard");
        assertThatThrownBy(() -> updates.update("guard", new ByteArrayInputStream(new byte[] {1, 2, 3}), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("that is no bundle");

        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void saysWhatIsThereIfTheNewVersionDoesNotResolve() {
        updates.install(jar("guard", "1.0.0", ""));

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", "org.example.missing"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("org.example.missing")
                .hasMessageContaining("it is here in version 1.1.0 now, not started");
        assertThat(updates.update("guard", jar("guard", "1.2.0", ""), false).refreshed())
                .as("it can be mended")
                .containsExactly("guard");
        assertThat(bundle("guard").getVersion()).hasToString("1.2.0");
    }

    @Test
    public void aBundleThatWasNotStartedIsNotStartedByAnUpdate() throws BundleException {
        updates.install(jar("guard", "1.0.0", ""));
        bundle("guard").stop();

        updates.update("guard", jar("guard", "1.1.0", "org.example.missing"), false);

        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.INSTALLED);
    }

    private Bundle bundle(String name) {
        return List.of(framework.getBundleContext().getBundles()).stream()
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** @param imported a package; empty if none */
    private static InputStream jar(String name, String version, String imported) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        attributes.putValue(Constants.BUNDLE_VERSION, version);
        if (!imported.isEmpty()) {
            attributes.putValue(Constants.IMPORT_PACKAGE, imported);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.finish();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
