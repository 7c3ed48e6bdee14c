package org.actium.itests.defects;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The production code: its sources, and what the compiler makes of them when something in them is changed. */
final class Production {

    private static final String SOURCES = "src/main/java/";

    private final Path root;

    /** @param root of the repository */
    Production(Path root) {
        this.root = root;
    }

    /**
     * Compiles the files that the defect changes, against the class path.
     *
     * @return class files by binary name
     * @throws DefectException if it cannot be planted or does not compile
     */
    Map<String, byte[]> with(Defect defect) {
        Map<String, List<String>> sources = new LinkedHashMap<>();
        for (Hunk hunk : defect.hunks()) {
            sources.computeIfAbsent(hunk.file(), this::read);
            sources.computeIfPresent(hunk.file(), (file, lines) -> hunk.appliedTo(lines));
        }
        return compiled(sources, defect);
    }

    private List<String> read(String file) {
        Path source = root.resolve(file);
        if (!file.contains(SOURCES) || !Files.isRegularFile(source)) {
            throw new DefectException(
                    file + " is no source of production code: name it from the root of the repository,"
                            + " as bundles/<bundle>/" + SOURCES + "…");
        }
        try {
            return Files.readAllLines(source);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, byte[]> compiled(Map<String, List<String>> sources, Defect defect) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                InMemory outputs = new InMemory(files)) {
            List<Source> units = sources.entrySet().stream()
                    .map(source -> new Source(source.getKey(), source.getValue()))
                    .toList();
            List<String> options =
                    List.of("-proc:none", "-implicit:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
            if (!compiler.getTask(complaints, outputs, null, options, null, units)
                    .call()) {
                throw new DefectException(defect.name() + " does not compile:\n" + complaints);
            }
            return outputs.classFiles();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final List<String> lines;

        Source(String file, List<String> lines) {
            super(URI.create("memory:///" + file.substring(file.indexOf(SOURCES) + SOURCES.length())), Kind.SOURCE);
            this.lines = lines;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return lines.stream().collect(Collectors.joining("\n", "", "\n"));
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final String name;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String name) {
            super(URI.create("memory:///" + name.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
            this.name = name;
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final List<ClassFile> written = new ArrayList<>();

        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ClassFile file = new ClassFile(className);
            written.add(file);
            return file;
        }

        Map<String, byte[]> classFiles() {
            return written.stream().collect(Collectors.toMap(file -> file.name, file -> file.bytes.toByteArray()));
        }
    }
}
