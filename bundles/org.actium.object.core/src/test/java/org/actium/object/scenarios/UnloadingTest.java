package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.actium.object.api.Termination;
import org.actium.object.guest.Guest;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** Bundles that know nothing of Actium, whose classes become active, and which go without leaving anything behind. */
public class UnloadingTest {

    private static final int CYCLES = 200;
    private static final List<String> CLASSES =
            List.of("Guest", "Guest$Gift", "Guest$Offended", "Guest$Visitor", "Guest$Stranger");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime runtime = new TestRuntime("here", network);
    private Framework framework;

    @Before
    public void startFramework() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(
                        Map.of(Constants.FRAMEWORK_STORAGE, folder.getRoot().getPath()));
        framework.start();
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
        runtime.close();
        network.close();
    }

    @Test
    public void whatIsMadeForABundleGoesWithTheBundle() throws Exception {
        byte[] jar = bundle();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

        for (int i = 0; i < CYCLES; i++) {
            loaders.add(cycle(jar));
        }

        awaitCollected(loaders);
    }

    private WeakReference<ClassLoader> cycle(byte[] jar) throws Exception {
        Bundle bundle = framework.getBundleContext().installBundle("guest", new ByteArrayInputStream(jar));
        Class<?> guest = bundle.loadClass(Guest.class.getName());
        assertThat(guest).as("of the bundle, not of the test").isNotSameAs(Guest.class);
        Class<?> visitor = bundle.loadClass(Guest.Visitor.class.getName());
        Object stranger = bundle.loadClass(Guest.Stranger.class.getName())
                .getConstructor()
                .newInstance();
        Object stub = runtime.objects.newActive(guest).start();
        Object visiting = runtime.objects.turnActive(stranger).as(visitor).start();

        assertThat(guest.getMethod("use", guest, visitor).invoke(null, stub, visiting))
                .isEqualTo("thanks for a flower, 2, secret, stranger with nothing");

        runtime.objects.terminate(stub, Termination.NOW);
        runtime.objects.terminate(visiting, Termination.NOW);
        bundle.uninstall();
        refresh(bundle);
        return new WeakReference<>(guest.getClassLoader());
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
        refreshed.await();
    }

    private static void awaitCollected(List<WeakReference<ClassLoader>> loaders) {
        while (loaders.stream().anyMatch(loader -> loader.get() != null)) { // the deadline of the test ends it
            System.gc();
            Thread.yield();
        }
    }

    private static byte[] bundle() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, "guest");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (String name : CLASSES) {
                jar.putNextEntry(new JarEntry("org/actium/object/guest/" + name + ".class"));
                try (InputStream in = Guest.class.getResourceAsStream(name + ".class")) {
                    in.transferTo(jar);
                }
            }
        }
        return bytes.toByteArray();
    }
}
