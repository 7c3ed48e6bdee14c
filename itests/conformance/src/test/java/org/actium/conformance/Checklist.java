package org.actium.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists the rows of {@code docs/conformance.md} with the settings in which their tests passed, as the reports below a
 * source tree say. A row is good if each of its tests passed in each setting that it declares; where a row has no test,
 * or one that runs in fewer settings, there must be a reason. The rows of features name their tests themselves. Ends
 * with status 1 if a row is not good.
 *
 * <p>Arguments: the source tree; then, if reports of former builds are to be left aside, a file older than all others.
 */
final class Checklist {

    private static final Pattern ROW = Pattern.compile("\\| *(\\d+|[a-z][a-z ]*?) *\\| *(.*?) *\\| *(.*?) *\\|");
    /** Number, what it is, where to find it, the tests that show it or why there is none. */
    private static final Pattern FEATURE = Pattern.compile("\\| *([A-Z]\\d+) *\\| *(.*?) *\\| *(.*?) *\\| *(.*?) *\\|");

    private static final String HEAD_OF_A_TABLE = "row";
    private static final Pattern NO_TEST = Pattern.compile("(no|not yet): .+");
    /** Tests of another module: their whole names, and why they do not run in all settings. */
    private static final Pattern ELSEWHERE = Pattern.compile("(`[\\w.]+`(?:, `[\\w.]+`)*): .+");

    private static final Pattern CLASS = Pattern.compile("`([\\w.]+)`");
    /** Tests that show a feature; behind a semicolon, what is not offered. */
    private static final Pattern SHOWN = Pattern.compile("(`[\\w.]+#\\w+`(?:, `[\\w.]+#\\w+`)*)(?:; (.+))?");

    private static final Pattern TEST = Pattern.compile("`([\\w.]+)#(\\w+)`");

    private final Reports reports;
    private final ConformanceTests tests;

    Checklist(Reports reports, ConformanceTests tests) {
        this.reports = reports;
        this.tests = tests;
    }

    /**
     * What to print for a row.
     *
     * @param settings where its tests passed; empty if it has none here
     * @param details a line for each test, or a reason
     */
    record Line(String row, String behaviour, String settings, List<String> details, boolean good) {
        @Override
        public String toString() {
            return Stream.concat(Stream.of(settings), details.stream())
                    .filter(text -> !text.isEmpty())
                    .map(text -> "\n        " + text)
                    .collect(Collectors.joining("", (good ? "   " : "!! ") + "%3s  %s".formatted(row, behaviour), ""));
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path tree = Path.of(arguments[0]);
        Reports reports = Reports.below(
                tree,
                arguments.length > 1
                        ? Optional.of(Files.getLastModifiedTime(Path.of(arguments[1])))
                        : Optional.empty());
        Checklist checklist =
                new Checklist(reports, ConformanceTests.below(tree.resolve("itests/conformance/target/test-classes")));
        List<Line> lines = checklist.lines(Files.readAllLines(tree.resolve("docs/conformance.md")));
        lines.forEach(System.out::println);
        long good = lines.stream().filter(Line::good).count();
        System.out.println(good + " of " + lines.size() + " rows are as they should be, " + checklist.ways());
        System.exit(good == lines.size() ? 0 : 1);
    }

    /** @param page what {@code docs/conformance.md} says */
    List<Line> lines(List<String> page) {
        List<Line> lines = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        for (String text : page) {
            Matcher row = ROW.matcher(text);
            if (row.matches() && !row.group(1).equals(HEAD_OF_A_TABLE)) {
                listed.add(row.group(1));
                lines.add(line(row.group(1), row.group(2), row.group(3)));
            }
            Matcher feature = FEATURE.matcher(text);
            if (feature.matches()) {
                lines.add(feature(feature.group(1), feature.group(2) + ": " + feature.group(3), feature.group(4)));
            }
        }
        for (String row : tests.rows()) {
            if (!listed.contains(row)) {
                String named = tests.of(row).getFirst().name() + " names a row that docs/conformance.md does not have";
                lines.add(new Line(row, "?", "", List.of(named), false));
            }
        }
        return lines;
    }

    /** How many tests passed, counted once for each setting. */
    String ways() {
        int all = 0;
        int passed = 0;
        for (ConformanceTests.Declared test : tests.all()) {
            for (Setting setting : test.settings()) {
                all++;
                passed += hasPassed(test, setting) ? 1 : 0;
            }
        }
        return passed + " of " + all + " ways passed";
    }

    private Line line(String row, String behaviour, String note) {
        List<ConformanceTests.Declared> declared = tests.of(row);
        Matcher elsewhere = ELSEWHERE.matcher(note);
        List<String> details = new ArrayList<>();
        boolean good = true;
        for (ConformanceTests.Declared test : declared) {
            boolean passed = hasPassed(test);
            good &= passed;
            details.add((passed ? "passed   " : "FAILED   ")
                    + test.name()
                    + (passed ? "" : ": " + settings(List.of(test)))
                    + (test.because().isEmpty() ? "" : "; not everywhere: " + test.because()));
        }
        if (elsewhere.matches()) {
            for (String type : classes(elsewhere.group(1))) {
                List<Reports.Run> runs = reports.of(type);
                boolean passed = !runs.isEmpty() && runs.stream().allMatch(Reports.Run::passed);
                good &= passed;
                details.add((passed ? "passed   " : runs.isEmpty() ? "NOT RUN  " : "FAILED   ") + type);
            }
            details.add(note.substring(elsewhere.end(1) + 2));
        } else if (declared.isEmpty()) {
            good = NO_TEST.matcher(note).matches();
            details.add(good ? note : "MISSING: no test and no reason");
        }
        return new Line(row, behaviour, declared.isEmpty() ? "" : settings(declared), details, good);
    }

    private Line feature(String row, String what, String note) {
        Matcher shown = SHOWN.matcher(note);
        if (!shown.matches()) {
            boolean good = NO_TEST.matcher(note).matches();
            return new Line(row, what, "", List.of(good ? note : "MISSING: no test and no reason"), good);
        }
        List<ConformanceTests.Declared> here = new ArrayList<>();
        List<String> details = new ArrayList<>();
        boolean good = true;
        for (MatchResult test : TEST.matcher(shown.group(1)).results().toList()) {
            String type = test.group(1);
            String method = test.group(2);
            Optional<ConformanceTests.Declared> declared = tests.named(type, method);
            declared.ifPresent(here::add);
            List<Reports.Run> runs = reports.of(type, method);
            boolean passed = declared.map(this::hasPassed)
                    .orElse(!runs.isEmpty() && runs.stream().allMatch(Reports.Run::passed));
            good &= passed;
            details.add((passed ? "passed   " : declared.isEmpty() && runs.isEmpty() ? "NOT RUN  " : "FAILED   ") + type
                    + "." + method);
        }
        Optional.ofNullable(shown.group(2)).ifPresent(details::add);
        return new Line(row, what, here.isEmpty() ? "" : settings(here), details, good);
    }

    private static List<String> classes(String quoted) {
        return CLASS.matcher(quoted).results().map(found -> found.group(1)).toList();
    }

    /** For each setting whether all of the tests that declare it passed there; a dash if none of them does. */
    private String settings(List<ConformanceTests.Declared> declared) {
        return Stream.of(Setting.values())
                .map(setting -> setting.shortName() + " " + settings(declared, setting))
                .collect(Collectors.joining("  "));
    }

    private String settings(List<ConformanceTests.Declared> declared, Setting setting) {
        List<ConformanceTests.Declared> there = declared.stream()
                .filter(test -> test.settings().contains(setting))
                .toList();
        if (there.isEmpty()) {
            return "–";
        }
        boolean passed = there.stream().allMatch(test -> hasPassed(test, setting));
        if (setting != Setting.SIMULATOR) {
            return passed ? "✓" : "✗";
        }
        int seeds = there.stream()
                .flatMap(test -> runs(test, setting).stream())
                .mapToInt(Reports.Run::seeds)
                .min()
                .orElse(0);
        return passed ? Integer.toString(seeds) : "✗ (" + seeds + " of " + Setting.SEEDS + ")";
    }

    private boolean hasPassed(ConformanceTests.Declared test) {
        return test.settings().stream().allMatch(setting -> hasPassed(test, setting));
    }

    private boolean hasPassed(ConformanceTests.Declared test, Setting setting) {
        List<Reports.Run> runs = runs(test, setting);
        return !runs.isEmpty()
                && runs.stream()
                        .allMatch(
                                run -> run.passed() && (setting != Setting.SIMULATOR || run.seeds() >= Setting.SEEDS));
    }

    private List<Reports.Run> runs(ConformanceTests.Declared test, Setting setting) {
        return reports.of(test.type(), test.method(), setting.toString());
    }
}
