package org.actium.provision.bnd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.actium.provision.api.ProvisionException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Jars that know nothing of OSGi, in a real framework. */
public class BndWrapperTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Framework framework;
    private BndWrapper wrapper;

    @Before
    public void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(
                        Map.of(Constants.FRAMEWORK_STORAGE, folder.newFolder().getPath()));
        framework.start();
        wrapper = new BndWrapper(folder.getRoot().toPath().resolve("wrapped"));
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    /** Compiles one class into a jar. */
    private Path jar(String name, String type, String source, Map<String, String> headers, Path... classPath)
            throws IOException {
        Path sources = folder.newFolder().toPath();
        Path file = sources.resolve(type.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = classPath.length == 0
                ? List.of("-proc:none", "-d", sources.toString())
                : List.of("-proc:none", "-d", sources.toString(), "-cp", classPath[0].toString());
        var files = compiler.getStandardFileManager(null, null, null);
        assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                        .call())
                .isTrue();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        Path jar = folder.getRoot().toPath().resolve(name);
        Path compiled = sources.resolve(type.replace('.', '/') + ".class");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry(type.replace('.', '/') + ".class"));
            out.write(Files.readAllBytes(compiled));
            out.closeEntry();
        }
        return jar;
    }

    private Path greeting(String name, String text) throws IOException {
        return jar(
                name,
                "hi.Greeting",
                "package hi; public class Greeting { public String toString() { return \"" + text + "\"; } }",
                Map.of());
    }

    private Bundle install(Path jar) throws BundleException {
        Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }

    private static Object made(Bundle bundle, String type) throws ReflectiveOperationException {
        return bundle.loadClass(type).getConstructor().newInstance();
    }

    @Test
    public void aPlainJarBecomesABundleNamedAfterItsFile() throws Exception {
        Bundle bundle = install(wrapper.bundleOf(greeting("greeting-1.4.jar", "hello")));

        assertThat(bundle.getSymbolicName()).isEqualTo("greeting");
        assertThat(bundle.getVersion().toString()).matches("1\\.4\\.0\\.[0-9a-f]{12}");
        assertThat(made(bundle, "hi.Greeting")).hasToString("hello");
    }

    @Test
    public void theSameJarGivesTheSameBytesAlsoElsewhere() throws Exception {
        Path jar = greeting("greeting.jar", "hello");
        Path first = wrapper.bundleOf(jar);
        assertThat(wrapper.bundleOf(jar)).isEqualTo(first);

        Path second = new BndWrapper(folder.getRoot().toPath().resolve("elsewhere")).bundleOf(jar);

        assertThat(second).isNotEqualTo(first).hasSameBinaryContentAs(first);
    }

    @Test
    public void otherContentsAreAnotherVersionAndBothCanBeInstalled() throws Exception {
        Bundle first = install(wrapper.bundleOf(greeting("greeting.jar", "hello")));
        Bundle second = install(wrapper.bundleOf(greeting("greeting.jar", "good morning")));

        assertThat(second.getSymbolicName()).isEqualTo(first.getSymbolicName());
        assertThat(made(first, "hi.Greeting")).hasToString("hello");
        assertThat(made(second, "hi.Greeting")).hasToString("good morning");
    }

    @Test
    public void theClassPathOfTheManifestComesAlong() throws Exception {
        Path library = greeting("library.jar", "from the library");
        Path jar = jar(
                "app.jar",
                "app.Main",
                "package app; public class Main { public String toString() { return new hi.Greeting().toString(); } }",
                Map.of("Class-Path", "missing.jar library.jar"),
                library);

        Bundle bundle = install(wrapper.bundleOf(jar));

        assertThat(made(bundle, "app.Main")).hasToString("from the library");
        Path before = wrapper.bundleOf(jar);
        greeting("library.jar", "another");
        assertThat(wrapper.bundleOf(jar))
                .as("what is inside belongs to the contents")
                .isNotEqualTo(before);
    }

    @Test
    public void headersOfTheManifestStay() throws Exception {
        Bundle ofJar = install(wrapper.bundleOf(
                jar("app.jar", "app.Main", "package app; public class Main {}", Map.of("Actium-Lambdas", "true"))));
        Path classes = folder.newFolder("classes").toPath();
        Files.createDirectories(classes.resolve("META-INF"));
        Files.writeString(classes.resolve(JarFile.MANIFEST_NAME), "Manifest-Version: 1.0\nActium-Lambdas: true\n");
        Bundle ofDirectory = install(wrapper.bundleOf(classes));

        assertThat(ofJar.getHeaders().get("Actium-Lambdas")).isEqualTo("true");
        assertThat(ofDirectory.getHeaders().get("Actium-Lambdas")).isEqualTo("true");
    }

    @Test
    public void whatIsNotThereHindersOnlyWhoeverUsesIt() throws Exception {
        Path library = greeting("library.jar", "not here");
        Bundle bundle = install(wrapper.bundleOf(jar(
                "app.jar",
                "app.Main",
                "package app; public class Main { public Object rarely() { return new hi.Greeting(); } }",
                Map.of(),
                library)));

        Object main = made(bundle, "app.Main");

        assertThat(main).isNotNull();
        assertThatThrownBy(() -> main.getClass().getMethod("rarely").invoke(main))
                .hasRootCauseInstanceOf(ClassNotFoundException.class);
    }

    @Test
    public void aClassWithoutAPackageIsFound() throws Exception {
        Bundle bundle = install(wrapper.bundleOf(
                jar("one.jar", "Main", "public class Main { public String toString() { return \"1\"; } }", Map.of())));

        assertThat(made(bundle, "Main")).hasToString("1");
    }

    @Test
    public void aDirectoryOfClassesBecomesABundleOfItsContents() throws Exception {
        Path jar = jar("shop.jar", "shop.Till", "package shop; public class Till {}", Map.of());
        Path classes = folder.newFolder("classes").toPath();
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            Files.createDirectories(classes.resolve("shop"));
            Files.copy(content.getPath("shop/Till.class"), classes.resolve("shop/Till.class"));
        }

        Path bundle = wrapper.bundleOf(classes);
        Bundle installed =
                framework.getBundleContext().installBundle(bundle.toUri().toString());
        installed.start();
        assertThat(installed.getSymbolicName()).isEqualTo("classes");
        assertThat(installed.loadClass("shop.Till").getName()).isEqualTo("shop.Till");
        assertThat(wrapper.bundleOf(classes)).as("unchanged").isEqualTo(bundle);

        Files.writeString(classes.resolve("shop/prices.txt"), "1");
        assertThat(wrapper.bundleOf(classes)).as("changed").isNotEqualTo(bundle);
    }

    @Test
    public void aBundleStaysWhatItIs() throws Exception {
        Path jar = jar(
                "bundle.jar",
                "b.B",
                "package b; public class B {}",
                Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "b"));

        assertThat(wrapper.bundleOf(jar)).isEqualTo(jar);
    }

    @Test
    public void whatIsNoJarIsNamed() throws Exception {
        Path text = Files.writeString(folder.newFile("text.jar").toPath(), "not a jar");

        assertThatThrownBy(() -> wrapper.bundleOf(text))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining("no bundle can be made of " + text);
    }
}
