package org.actium.itests.support;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.mavenBundle;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.actium.features.AssembledBundle;
import org.actium.features.Distribution;
import org.ops4j.pax.exam.Option;

/** What the containers that Pax Exam starts are made of: the assemblies of the distribution, and nothing else. */
public final class Containers {

    /** Above that of every feature. */
    private static final int START_LEVEL = 20;

    private Containers() {}

    /** The assembly of that name, the application bundle of the tests, and the test itself. */
    public static Option[] assembly(String name) {
        Distribution distribution = Distribution.at(home());
        Option[] bundles =
                distribution.assembly(name).stream().map(Containers::install).toArray(Option[]::new);
        return new Option[] {
            composite(bundles),
            bundle(TestBundles.application().toUri().toString()),
            mavenBundle("org.assertj", "assertj-core", System.getProperty("assertj.version")),
            mavenBundle("net.bytebuddy", "byte-buddy", System.getProperty("bytebuddy.version")),
            junitBundles(),
            // as the launcher exports them; Pax Exam itself wants the older ones
            systemPackages(
                    "org.slf4j;version=2.0.17",
                    "org.slf4j;version=1.7.36",
                    "org.slf4j.event;version=2.0.17",
                    "org.slf4j.helpers;version=2.0.17",
                    "org.slf4j.spi;version=2.0.17",
                    "org.slf4j.spi;version=1.7.36"),
            frameworkStartLevel(START_LEVEL),
            frameworkProperty("actium.home").value(home().toString()),
            frameworkProperty("actium.state").value(privateDirectory().toString()),
            frameworkProperty("actium.assembly").value(name),
            frameworkProperty("actium.runtime.name").value("itests"),
            frameworkProperty("ds.delayed.keepInstances").value("true"),
        };
    }

    /** The assembled distribution. */
    public static Path home() {
        return Path.of(System.getProperty("actium.home")).toAbsolutePath().normalize();
    }

    /** Another distribution with the same files, for tests that change some of them. */
    public static void copyHome(Path to) throws IOException {
        Path from = home();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.getFileName().toString().contains(".aot")) { // made for the other place
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** What applications are compiled with. */
    public static Path[] apis() {
        try (Stream<Path> bundles = Files.list(home().resolve("bundles"))) {
            return bundles.filter(jar -> jar.getFileName().toString().matches("org\\.actium\\..*\\.api-.*"))
                    .toArray(Path[]::new);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Option install(AssembledBundle assembled) {
        return bundle(assembled.file().toUri().toString()).startLevel(assembled.startLevel());
    }

    /** A new directory that only its owner can enter, with a short name, since sockets live in it; gone when this JVM ends. */
    public static Path privateDirectory() {
        try {
            Path directory = Files.createTempDirectory(
                    "actium-it", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteOrTell(directory)));
            return directory;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void deleteOrTell(Path directory) {
        try {
            delete(directory);
        } catch (IOException changing) {
            System.err.println("left behind: " + directory + ": " + changing.getMessage());
        }
    }

    /** With all that is in it, if it is there. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(directory)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException changing) {
            throw changing.getCause();
        }
    }
}
