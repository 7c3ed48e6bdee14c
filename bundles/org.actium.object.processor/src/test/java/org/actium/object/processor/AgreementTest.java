package org.actium.object.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.actium.object.api.ActiveObject;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.CreationException;
import org.actium.object.spi.MethodFacts;
import org.actium.object.spi.TypeFacts;
import org.actium.testkit.EmbeddedGrid;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/**
 * What the compiler is told about the types in {@code cases.txt} is, to the word, what happens at run time: creation of
 * an active object, and the rule of each method.
 */
public class AgreementTest {

    @Rule
    public final TemporaryFolder output = new TemporaryFolder();

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Test // row 180
    public void compilerAndRunTimeSayTheSame() throws IOException {
        String cases;
        try (var text = AgreementTest.class.getResourceAsStream("cases.txt")) {
            cases = new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
        MemoryCompiler compiler = new MemoryCompiler(output.getRoot().toPath());
        assertThat(compiler.compile("Cases", cases, List.of(), List.of("-proc:none")))
                .noneMatch(said -> said.kind() == Diagnostic.Kind.ERROR);
        Set<String> atCompileTime =
                compiler.compile("Cases", cases, List.of(new ActiveObjectProcessor()), List.of("-proc:only")).stream()
                        .filter(said -> said.line() > 0) // others are about the options of the compiler
                        .map(MemoryCompiler.Said::message)
                        .collect(Collectors.toCollection(TreeSet::new));

        Set<String> atRunTime = new TreeSet<>();
        URL[] classes = {output.getRoot().toURI().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, AgreementTest.class.getClassLoader())) {
            List<Class<?>> types = annotated(loader);
            assertThat(types).hasSizeGreaterThanOrEqualTo(60);
            types.forEach(type -> atRunTime.addAll(new Verdicts(grid.objects(), type).all()));
        }

        assertThat(atCompileTime).containsExactlyElementsOf(atRunTime);
    }

    private List<Class<?>> annotated(ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.list(output.getRoot().toPath().resolve("app"))) {
            return files.sorted()
                    .filter(AgreementTest::isAnnotated)
                    .map(file -> file.getFileName().toString())
                    .<Class<?>>map(name -> load(loader, "app." + name.substring(0, name.length() - ".class".length())))
                    .toList();
        }
    }

    /** The annotation is not there at run time. */
    private static boolean isAnnotated(Path classFile) {
        try {
            return ClassFile.of().parse(classFile).findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                    .flatMap(found -> found.annotations().stream())
                    .anyMatch(annotation -> annotation.className().equalsString(ActiveObject.class.descriptorString()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Class<?> load(ClassLoader loader, String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }

    /** What the run time says of one type that the compiler should have said. */
    private record Verdicts(ActiveObjects objects, Class<?> type) {

        Set<String> all() {
            Set<String> all = new TreeSet<>();
            if (type.isInterface() && !type.isAnnotation()) {
                stubbing().ifPresent(all::add);
            } else {
                creation().ifPresent(all::add);
            }
            if (TypeFacts.of(type).obstacleToStubs().isEmpty()) {
                calls().forEach(method -> call(method).ifPresent(all::add));
            }
            return all;
        }

        private Optional<String> creation() {
            try {
                objects.newActive(type).start();
                return Optional.empty();
            } catch (CreationException refused) {
                // of one wrong method the compiler speaks where that is
                String why = refused.getMessage();
                return Optional.of(why.contains("@Cache") ? why.substring(why.indexOf(": ") + 2) : why);
            }
        }

        private Optional<String> stubbing() {
            try {
                objects.explain(type, Object.class.getMethod("toString"));
                return Optional.empty();
            } catch (IllegalArgumentException refused) {
                return Optional.of(refused.getMessage().replaceFirst(".*stubs, but ", ""));
            } catch (NoSuchMethodException impossible) {
                throw new AssertionError(impossible);
            }
        }

        private Stream<Method> calls() {
            Stream<Class<?>> above = Stream.iterate(type, c -> c != null && c != Object.class, Class::getSuperclass);
            return Stream.concat(Stream.of(type.getMethods()), above.flatMap(c -> Stream.of(c.getDeclaredMethods())))
                    .filter(method -> method.getDeclaringClass() != Object.class && !method.isSynthetic())
                    .filter(method -> (method.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) == 0)
                    .filter(this::isInherited);
        }

        private boolean isInherited(Method method) {
            return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
                    || method.getDeclaringClass().getPackageName().equals(type.getPackageName());
        }

        /** A note is made where a method is declared, an error for inherited ones as well. */
        private Optional<String> call(Method method) {
            try {
                String explained = objects.explain(type, method);
                return method.getDeclaringClass() == type && explained.contains(" is synchronous, because ")
                        ? Optional.of(explained)
                        : Optional.empty();
            } catch (IllegalArgumentException refused) {
                boolean told = refused.getMessage().endsWith(MethodFacts.FINAL)
                        || refused.getMessage().contains("@Cache");
                return told ? Optional.of(refused.getMessage()) : Optional.empty();
            }
        }
    }
}
