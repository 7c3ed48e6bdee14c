package org.actium.object.processor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources of package {@code app} from memory, and keeps what the compiler says of them. */
final class MemoryCompiler {

    private final Path output;

    MemoryCompiler(Path output) {
        this.output = output;
    }

    /** @param line in the text, not in the unit that is made of it */
    record Said(Diagnostic.Kind kind, long line, String message) {
        @Override
        public String toString() {
            return kind + " " + line + ": " + message;
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** @param name of the public type in the text, which says neither package nor imports of {@code object.api} */
    List<Said> compile(String name, String text, List<Processor> processors, List<String> options) {
        Source unit = new Source(name, "package app; import org.actium.object.api.*;\n" + text);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> all = new ArrayList<>(List.of("-cp", classPath(), "-Xlint:none"));
        all.addAll(options);
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            JavaCompiler.CompilationTask task = javac.getTask(null, files, diagnostics, all, null, List.of(unit));
            task.setLocale(Locale.ROOT);
            task.setProcessors(processors);
            task.call();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return diagnostics.getDiagnostics().stream()
                .map(diagnostic -> new Said(
                        diagnostic.getKind(), diagnostic.getLineNumber() - 1, diagnostic.getMessage(Locale.ROOT)))
                .toList();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
