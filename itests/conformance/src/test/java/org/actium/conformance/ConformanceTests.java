package org.actium.conformance;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The tests that name the rows they prove, read out of their class files: the checklist has no library to load them with. */
final class ConformanceTests {

    private static final String TEST = "Lorg/junit/Test;"; // whose class is not there

    private final Map<String, List<Declared>> byRow;
    private final List<Declared> tests;

    /** @param tests all there are, whether they name rows or not */
    ConformanceTests(Map<String, List<Declared>> byRow, List<Declared> tests) {
        this.byRow = byRow;
        this.tests = tests;
    }

    /**
     * A test and where its class says that it runs.
     *
     * @param type the whole name of its class
     * @param because why not in all settings; empty if it does
     */
    record Declared(String type, String method, Set<Setting> settings, String because) {
        String name() {
            return type.replaceAll(".*\\.", "") + "." + method;
        }
    }

    /** @param classes the folder they were compiled to */
    static ConformanceTests below(Path classes) throws IOException {
        ConformanceTests tests = new ConformanceTests(new TreeMap<>(), new ArrayList<>());
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                tests.read(ClassFile.of().parse(file));
            }
        }
        return tests;
    }

    /** @param row its number or name */
    List<Declared> of(String row) {
        return byRow.getOrDefault(row, List.of());
    }

    /** The rows that are named. */
    Set<String> rows() {
        return byRow.keySet();
    }

    /** The test of that name in a class of this module. @param type its name without the package */
    Optional<Declared> named(String type, String method) {
        return tests.stream()
                .filter(test -> test.name().equals(type + "." + method))
                .findAny();
    }

    /** Those that name rows, each of them once. */
    List<Declared> all() {
        return byRow.values().stream().flatMap(List::stream).distinct().toList();
    }

    private void read(ClassModel model) {
        Set<Setting> settings = EnumSet.allOf(Setting.class);
        Optional<Annotation> less = find(model, NotIn.class);
        less.ifPresent(annotation -> elements(annotation, "value")
                .forEach(value -> settings.remove(Setting.valueOf(
                        ((AnnotationValue.OfEnum) value).constantName().stringValue()))));
        String because = less.map(annotation -> elements(annotation, "because").getFirst())
                .map(value -> ((AnnotationValue.OfString) value).stringValue())
                .orElse("");
        String type = model.thisClass().asInternalName().replace('/', '.');
        for (MethodModel method : model.methods()) {
            Declared test = new Declared(type, method.methodName().stringValue(), settings, because);
            if (find(method, TEST).isPresent()) {
                tests.add(test);
            }
            find(method, Row.class)
                    .ifPresent(row -> rows(row)
                            .forEach(name -> byRow.computeIfAbsent(name, _ -> new ArrayList<>())
                                    .add(test)));
        }
    }

    private static Optional<Annotation> find(AttributedElement element, Class<?> annotation) {
        return find(element, annotation.descriptorString());
    }

    private static Optional<Annotation> find(AttributedElement element, String annotation) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(visible -> visible.annotations().stream())
                .filter(each -> each.className().equalsString(annotation))
                .findAny();
    }

    private static List<String> rows(Annotation row) {
        List<String> rows = new ArrayList<>();
        elements(row, "value")
                .forEach(number -> rows.add(Integer.toString(((AnnotationValue.OfInt) number).intValue())));
        elements(row, "named").forEach(name -> rows.add(((AnnotationValue.OfString) name).stringValue()));
        return rows;
    }

    private static List<AnnotationValue> elements(Annotation annotation, String name) {
        return annotation.elements().stream()
                .filter(element -> element.name().equalsString(name))
                .flatMap(element -> element.value() instanceof AnnotationValue.OfArray array
                        ? array.values().stream()
                        : Stream.of(element.value()))
                .toList();
    }
}
