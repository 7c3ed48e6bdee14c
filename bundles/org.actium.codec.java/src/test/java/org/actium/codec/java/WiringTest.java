package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.Substitution;
import org.actium.codec.java.library.Base;
import org.actium.codec.java.library.Shelved;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.junit.runner.Result;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

/** Classes are found through the wiring of a bundle, in a framework that notes each class it defines. */
public class WiringTest {

    private static final String LIBRARY = Shelved.class.getPackageName();

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final JavaCodec codec = new JavaCodec();
    private final Queue<String> defined = new ConcurrentLinkedQueue<>();
    private Framework framework;
    private ClassScope application;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.getRoot().getPath(),
                        Constants.FRAMEWORK_BUNDLE_PARENT,
                        Constants.FRAMEWORK_BUNDLE_PARENT_APP,
                        Constants.FRAMEWORK_BOOTDELEGATION,
                        Result.class.getPackageName()));
        framework.start();
        framework
                .getBundleContext()
                .registerService(WeavingHook.class, woven -> defined.add(woven.getClassName()), null);
        install("library", Constants.EXPORT_PACKAGE, List.of(Shelved.class, Base.class));
        Bundle bundle = install("application", Constants.IMPORT_PACKAGE, List.of(Parcel.class, Borrowing.class));
        bundle.start();
        application = ClassScope.of(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private Bundle install(String name, String towardsLibrary, List<Class<?>> classes) throws Exception {
        return install(name, towardsLibrary, LIBRARY, classes);
    }

    private Bundle install(String name, String header, String value, List<Class<?>> classes) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        manifest.getMainAttributes().putValue(header, value);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(jar, manifest)) {
            for (Class<?> type : classes) {
                String file = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(file));
                try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                    in.transferTo(out);
                }
            }
        }
        return framework.getBundleContext().installBundle(name, new ByteArrayInputStream(jar.toByteArray()));
    }

    private Object read(Object value) throws IOException {
        return read(value, application);
    }

    private Object read(Object value, ClassScope scope) throws IOException {
        ByteBuffer message = codec.encode(value, Substitution.NONE, SentClasses.NONE);
        return codec.decode(message, scope, Substitution.NONE, ReceivedClasses.NONE);
    }

    private ClassScope scopeOf(Bundle bundle) throws Exception {
        bundle.start();
        return ClassScope.of(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    private void assertRefused(Object hidden, ClassScope scope) {
        assertThatThrownBy(() -> read(hidden, scope))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(hidden.getClass().getName())
                .hasMessageContaining("is no class of the bundle"); // which is known before it is loaded
        assertThat(defined).isEmpty();
    }

    @Test
    public void aClassOfABundleThatIsRequiredIsRefusedAndNotEvenLoaded() throws Exception {
        Bundle bundle = install("requiring", Constants.REQUIRE_BUNDLE, "library", List.of(Parcel.class));
        ClassScope scope = scopeOf(bundle);
        assertRefused(new Shelved(), scope);

        assertThat(read(new Parcel(), scope)).hasToString("content");
        assertThat(bundle.loadClass(Shelved.class.getName()))
                .as("the bundle itself can")
                .isNotNull();
    }

    @Test
    public void aClassThatTheBundleCouldImportDynamicallyIsRefusedAndNotEvenLoaded() throws Exception {
        Bundle bundle = install("dynamic", Constants.DYNAMICIMPORT_PACKAGE, "*", List.of(Parcel.class));
        ClassScope scope = scopeOf(bundle);
        assertRefused(new Shelved(), scope);

        assertThat(bundle.loadClass(Shelved.class.getName()))
                .as("the bundle itself can")
                .isNotNull();
        defined.clear();
        assertRefused(new Base(), scope); // now that there is a wire
    }

    @Test
    public void aClassThatTheParentOfTheFrameworkHasIsRefusedBeforeItIsAsked() throws Exception {
        Bundle bundle = install("delegating", Constants.IMPORT_PACKAGE, List.of(Parcel.class));
        ClassScope scope = scopeOf(bundle);
        assertRefused(new Result(), scope);

        assertThat(bundle.loadClass(Result.class.getName()))
                .as("the bundle itself can")
                .isSameAs(Result.class);
    }

    @Test
    public void classesOfAFragmentBelongToItsHost() throws Exception {
        install("fragment", Constants.FRAGMENT_HOST, "host", List.of(Parcel.class));
        Bundle host = install("host", Constants.IMPORT_PACKAGE, List.of());
        assertThat(read(new Parcel(), scopeOf(host))).hasToString("content");
    }

    @Test
    public void aClassThatTheBundleImportsIsRefusedAndNotEvenLoaded() {
        for (Serializable hidden : List.of(
                new Shelved(), new Shelved[] {new Shelved()}, new Serializable[] {new Shelved()}, Shelved.class)) {
            assertThatThrownBy(() -> read(hidden))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining(Shelved.class.getName())
                    .hasMessageContaining("not admitted");
        }
        assertThat(defined).isEmpty();
    }

    @Test
    public void classesOfTheBundleAreReadWithWhatTheyExtend() throws Exception {
        Borrowing borrowing = new Borrowing();
        borrowing.inherited = 7;
        Object read = read(borrowing);
        assertThat(read.getClass().getField("inherited").getInt(read)).isEqualTo(7);
        assertThat(read.getClass()).isNotEqualTo(Borrowing.class);
        assertThat(defined).containsExactlyInAnyOrder(Borrowing.class.getName(), Base.class.getName());
    }
}
