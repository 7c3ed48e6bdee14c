package org.actium.conformance;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists the rows of {@code docs/conformance.md} with the results of their tests, as the reports below a source tree say.
 * Ends with status 1 if a row has failed, or has neither a test nor a reason for that.
 */
final class Checklist {

    private static final Pattern ROW = Pattern.compile("\\| *(\\d+) *\\| *(.*?) *\\| *(.*?) *\\|");
    private static final Pattern REASON = Pattern.compile("(no|not yet): .+");
    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+)`");
    private static final String ANNOTATION = "Lorg/actium/conformance/Row;";

    private final Reports reports;
    private final Map<Integer, List<String>> tests;

    private Checklist(Reports reports, Map<Integer, List<String>> tests) {
        this.reports = reports;
        this.tests = tests;
    }

    /** A row and what to print for it. */
    private record Line(int row, String behaviour, String state, boolean good) {
        @Override
        public String toString() {
            return "%4d  %s%n      %s".formatted(row, behaviour, state);
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path tree = Path.of(arguments[0]);
        Checklist checklist =
                new Checklist(Reports.below(tree), testsByRow(tree.resolve("itests/conformance/target/test-classes")));
        List<Line> lines = Files.readAllLines(tree.resolve("docs/conformance.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> checklist.line(Integer.parseInt(row.group(1)), row.group(2), row.group(3)))
                .toList();
        lines.forEach(System.out::println);
        long good = lines.stream().filter(Line::good).count();
        System.out.println(good + " of " + lines.size() + " rows are as they should be");
        System.exit(good == lines.size() ? 0 : 1);
    }

    private Line line(int row, String behaviour, String note) {
        List<String> names = new ArrayList<>(tests.getOrDefault(row, List.of()));
        Matcher elsewhere = TEST_CLASS.matcher(note);
        while (elsewhere.find()) {
            names.add(elsewhere.group(1));
        }
        if (names.isEmpty()) {
            boolean reasoned = REASON.matcher(note).matches();
            return new Line(row, behaviour, reasoned ? note : "MISSING: no test and no reason", reasoned);
        }
        boolean passed = names.stream().allMatch(name -> reports.of(name).passed());
        return new Line(
                row,
                behaviour,
                names.stream().map(name -> reports.of(name).text(name)).collect(Collectors.joining("\n      ")),
                passed);
    }

    /** The tests of each row, as {@code Class.method}. */
    private static Map<Integer, List<String>> testsByRow(Path classes) throws IOException {
        Map<Integer, List<String>> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                ClassModel model = ClassFile.of().parse(file);
                String name = file.getFileName().toString().replace(".class", "");
                for (MethodModel method : model.methods()) {
                    for (int row : rows(method)) {
                        tests.computeIfAbsent(row, _ -> new ArrayList<>())
                                .add(name + "." + method.methodName().stringValue());
                    }
                }
            }
        }
        return tests;
    }

    private static List<Integer> rows(MethodModel method) {
        List<Integer> rows = new ArrayList<>();
        method.findAttribute(Attributes.runtimeVisibleAnnotations()).ifPresent(visible -> {
            for (Annotation annotation : visible.annotations()) {
                if (annotation.className().equalsString(ANNOTATION)
                        && annotation.elements().getFirst().value() instanceof AnnotationValue.OfArray numbers) {
                    numbers.values().forEach(number -> rows.add(((AnnotationValue.OfInt) number).intValue()));
                }
            }
        });
        return rows;
    }
}
