package org.actium.service.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.actium.testkit.Fake;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DropFolderTest {

    private static final BundleImpact NONE = new BundleImpact(List.of(), List.of(), List.of(), List.of());

    @Rule
    public final TemporaryFolder files = new TemporaryFolder();

    private final TreeSet<String> installed = new TreeSet<>();
    private final List<String> log = new ArrayList<>();
    private final Map<String, String> needed = new TreeMap<>(); // another bundle, by the name of the one that needs it
    private boolean busy;
    private DropFolder folder;
    private long clock = 1_000_000;

    @Before
    public void watch() {
        folder = new DropFolder(
                files.getRoot().toPath(),
                Fake.of(
                        BundleUpdates.class,
                        Map.of(
                                "isInstalled",
                                (Function<Object[], Object>) bundle -> installed.contains(bundle[0]),
                                "symbolicName",
                                (Function<Object[], Object>) jar -> bundle((InputStream) jar[0]),
                                "install",
                                (Function<Object[], Object>) jar -> {
                                    String name = bundle((InputStream) jar[0]);
                                    requireResolved(name);
                                    installed.add(name);
                                    log.add("install " + name);
                                    return name;
                                },
                                "update",
                                (Function<Object[], Object>) update -> {
                                    requireIdle();
                                    assertThat(update[2]).as("forced").isEqualTo(false);
                                    assertThat(update[0]).isEqualTo(bundle((InputStream) update[1]));
                                    log.add("update " + update[0]);
                                    return NONE;
                                },
                                "uninstall",
                                (Function<Object[], Object>) bundle -> {
                                    requireIdle();
                                    assertThat(bundle[1]).as("forced").isEqualTo(false);
                                    installed.remove(bundle[0]);
                                    log.add("uninstall " + bundle[0]);
                                    return NONE;
                                })));
    }

    private void requireIdle() {
        if (busy) {
            log.add("refused");
            throw new IllegalStateException("an active object would be lost");
        }
    }

    private void requireResolved(String name) {
        String missing = needed.getOrDefault(name, name);
        if (!missing.equals(name) && !installed.contains(missing)) {
            log.add("not resolved " + name);
            throw new IllegalArgumentException("bundle " + name + " is not installed: it needs " + missing);
        }
    }

    private static String bundle(InputStream jar) {
        try (JarInputStream in = new JarInputStream(jar)) {
            if (in.getManifest() == null) {
                throw new IllegalArgumentException("that is no bundle");
            }
            return in.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    public void aJarThatComesIsInstalledOneThatChangesUpdatedOneThatGoesUninstalled() throws IOException {
        look(2);
        assertThat(log).isEmpty();
        drop("guard.jar", "guard");
        look(3);
        assertThat(log).containsExactly("install guard");

        drop("guard.jar", "guard");
        look(3);
        assertThat(log).containsExactly("install guard", "update guard");

        Files.delete(file("guard.jar"));
        look(2);
        assertThat(log).containsExactly("install guard", "update guard", "uninstall guard");
    }

    @Test
    public void aJarThatIsBeingWrittenIsLeftAlone() throws IOException {
        for (int i = 0; i < 5; i++) {
            drop("guard.jar", "guard");
            look(1);
        }
        assertThat(log).isEmpty();

        look(1);
        assertThat(log).containsExactly("install guard");
    }

    @Test
    public void aJarOfABundleThatIsThereUpdatesIt() throws IOException {
        installed.add("guard");
        drop("guard.jar", "guard");
        look(2);

        assertThat(log).containsExactly("update guard");
    }

    @Test
    public void theJarOfTheNextVersionTakesThePlaceOfThatBefore() throws IOException {
        drop("guard-1.jar", "guard");
        look(2);
        drop("guard-2.jar", "guard");
        look(2);
        Files.delete(file("guard-1.jar"));
        look(2);
        assertThat(log).containsExactly("install guard", "update guard");

        Files.delete(file("guard-2.jar"));
        look(1);
        assertThat(log).last().isEqualTo("uninstall guard");
    }

    @Test
    public void whatWouldLoseObjectsIsTriedAgainUntilItWouldNot() throws IOException {
        drop("guard.jar", "guard");
        look(2);
        busy = true;
        drop("guard.jar", "guard");
        look(3);
        busy = false;
        look(2);
        assertThat(log).containsExactly("install guard", "refused", "refused", "update guard");

        busy = true;
        Files.delete(file("guard.jar"));
        look(2);
        busy = false;
        look(2);
        assertThat(log.subList(4, log.size())).containsExactly("refused", "refused", "uninstall guard");
    }

    @Test
    public void aJarThatGoesAndComesBackWhileItWouldBeMissedStays() throws IOException {
        drop("guard.jar", "guard");
        look(2);
        busy = true;
        Files.delete(file("guard.jar"));
        look(1);
        busy = false;
        drop("guard.jar", "guard");
        look(3);

        assertThat(log).containsExactly("install guard", "refused", "update guard");
        assertThat(installed).containsExactly("guard");
    }

    @Test
    public void whatIsNoBundleIsTriedAgainWhenItChanges() throws IOException {
        Files.writeString(file("guard.jar"), "no jar at all");
        Files.writeString(file("readme.txt"), "not even by its name");
        look(4);
        assertThat(log).isEmpty();

        drop("guard.jar", "guard");
        look(2);
        assertThat(log).containsExactly("install guard");
    }

    @Test
    public void jarsThatNeedEachOtherMayComeInAnyOrder() throws IOException {
        needed.put("guard", "library");
        drop("a-guard.jar", "guard");
        look(4);
        assertThat(log).as("once").containsExactly("not resolved guard");

        drop("library.jar", "library");
        look(4);
        assertThat(log).containsExactly("not resolved guard", "install library", "install guard");
    }

    private void look(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            folder.look();
        }
    }

    private Path file(String name) {
        return files.getRoot().toPath().resolve(name);
    }

    private void drop(String name, String bundle) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", bundle);
        try (OutputStream out = Files.newOutputStream(file(name));
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.flush();
        }
        clock += 1000;
        Files.setLastModifiedTime(file(name), FileTime.fromMillis(clock)); // however coarse the times of files are
    }
}
