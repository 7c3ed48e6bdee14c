package org.actium.itests.support;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A jar compiled from source text while a test runs. */
public final class SourceJar {

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Path> classPath = new ArrayList<>();

    /** @param type with its package */
    public SourceJar withClass(String type, String source) {
        sources.put(type, source);
        return this;
    }

    public SourceJar withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public SourceJar asBundle(String symbolicName, String version) {
        return withHeader("Bundle-ManifestVersion", "2")
                .withHeader("Bundle-SymbolicName", symbolicName)
                .withHeader("Bundle-Version", version);
    }

    public SourceJar compiledWith(Path... jars) {
        classPath.addAll(List.of(jars));
        return this;
    }

    public Path writeTo(Path jar) {
        try {
            Path directory = Files.createTempDirectory(jar.getParent(), "classes");
            compile(directory);
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            headers.forEach(manifest.getMainAttributes()::putValue);
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out, manifest);
                    Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                        .sorted()
                        .toList()) {
                    entries.putNextEntry(new JarEntry(directory.relativize(file).toString()));
                    Files.copy(file, entries);
                    entries.closeEntry();
                }
            }
            return jar;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void compile(Path directory) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", directory.toString()));
        if (!classPath.isEmpty()) {
            arguments.add("-cp");
            arguments.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        }
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler.run(null, null, System.err, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalArgumentException(sources.keySet() + " does not compile");
        }
    }
}
