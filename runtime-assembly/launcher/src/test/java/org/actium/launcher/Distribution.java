package org.actium.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.actium.launcher.container.Home;

/** A small distribution on disk: bundles made on the spot, and assemblies {@code node} and {@code admin} of all of them. */
public final class Distribution {

    private final Path directory;
    private final List<String> files = new ArrayList<>();

    public Distribution(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Files.createDirectories(directory.resolve("bundles"));
        Files.createDirectories(directory.resolve("assembly"));
        Files.createDirectories(directory.resolve("conf"));
        Files.createDirectories(directory.resolve("lib"));
        properties("test.colour=blue\n");
        for (String assembly : List.of("node", "admin")) {
            Files.writeString(
                    directory.resolve("conf").resolve(assembly + ".jvm"),
                    "--sun-misc-unsafe-memory-access=allow\n\"-Dactium.home=" + directory + "\"\n");
        }
        addLauncher();
    }

    /** A jar in the place of the launcher's that leads to the classes under test. */
    private void addLauncher() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes()
                .putValue(
                        "Class-Path",
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(directory.resolve("lib/org.actium.launcher.jar")), manifest).close();
    }

    /** Of the framework, instead of those it begins with. */
    public Distribution properties(String text) throws IOException {
        Files.writeString(directory.resolve("conf/node.properties"), text);
        Files.writeString(directory.resolve("conf/admin.properties"), text);
        return this;
    }

    /** @param classes packed into the bundle, from the class path of the test */
    public Distribution bundle(String name, Map<String, String> headers, Class<?>... classes) throws IOException {
        var content = new TreeMap<String, byte[]>();
        for (Class<?> type : classes) {
            String entry = type.getName().replace('.', '/') + ".class";
            try (var bytes = type.getClassLoader().getResourceAsStream(entry)) {
                content.put(entry, bytes.readAllBytes());
            }
        }
        return bundle(name, headers, content);
    }

    /** A bundle with one Declarative Services component. */
    public Distribution component(String bundle, String xml, Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        try (var bytes = type.getClassLoader().getResourceAsStream(entry)) {
            return bundle(
                    bundle,
                    Map.of("Service-Component", "OSGI-INF/component.xml"),
                    Map.of(
                            entry,
                            bytes.readAllBytes(),
                            "OSGI-INF/component.xml",
                            xml.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Distribution bundle(String name, Map<String, String> headers, Map<String, byte[]> content)
            throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        headers.forEach(manifest.getMainAttributes()::putValue);
        String file = "bundles/" + name + ".jar";
        try (var jar = new JarOutputStream(Files.newOutputStream(directory.resolve(file)), manifest)) {
            for (var entry : content.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        files.add(file);
        return this;
    }

    /** Declarative Services, from the class path of the test. */
    public Distribution declarativeServices() throws IOException {
        for (String name : List.of(
                "org.osgi.util.function",
                "org.osgi.util.promise",
                "org.osgi.service.component",
                "org.apache.felix.scr")) {
            Path jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(entry -> entry.getFileName().toString().matches(name + "-[\\d.]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
            String file = "bundles/" + jar.getFileName();
            Files.copy(jar, directory.resolve(file));
            files.add(file);
        }
        return this;
    }

    public Home home() throws IOException {
        String bundles = files.stream()
                .map(file -> "{\"file\": \"" + file + "\", \"startLevel\": " + (files.indexOf(file) + 1) + "}")
                .collect(Collectors.joining(", "));
        for (String name : List.of("node", "admin")) {
            Files.writeString(
                    directory.resolve("assembly").resolve(name + ".json"),
                    "{\"name\": \"" + name + "\", \"features\": [\"all\", {\"file\": \"no bundle\"}], \"bundles\": ["
                            + bundles + "]}");
        }
        return new Home(directory);
    }
}
