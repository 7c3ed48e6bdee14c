package org.actium.launcher.container;

import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;

/** The directory of a distribution. */
public record Home(Path directory) {

    public Home {
        Objects.requireNonNull(directory, "directory");
    }

    /** The system property {@code actium.home} if it is set; otherwise where this class was loaded from, {@code lib}. */
    public static Home ofThisLauncher() {
        String chosen = System.getProperty("actium.home");
        if (chosen != null) {
            return new Home(Path.of(chosen).toAbsolutePath());
        }
        try {
            var jar = Path.of(Home.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Home(jar.getParent().getParent());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public Path launcherJar() {
        return directory.resolve("lib").resolve("org.actium.launcher.jar");
    }

    /** JVM options of a container, as an argument file. */
    public Path jvmOptions(String assembly) {
        return directory.resolve("conf").resolve(assembly + ".jvm");
    }

    /** Classes prepared for the JVM; it is made at first start and may be missing. */
    public Path classCache() {
        return directory.resolve("lib").resolve("node.aot");
    }

    public String version() throws IOException {
        return properties("build.properties").getProperty("version");
    }

    /** @param file relative to the distribution */
    Properties properties(String file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(file))) {
            properties.load(reader);
        }
        return properties;
    }
}
