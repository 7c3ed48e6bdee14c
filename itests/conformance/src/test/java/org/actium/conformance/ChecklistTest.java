package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ChecklistTest {

    private static final String TYPE = "org.example.CallsTest";
    private static final List<String> PAGE =
            List.of("| row | behaviour | note |", "|---|---|---|", "| 7 | It works | |");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<Reports.Run> runs = new ArrayList<>();

    private void ran(String type, Setting setting, boolean passed, int seeds) {
        runs.add(new Reports.Run(type, "works", setting.toString(), passed, seeds));
    }

    private void passedIn(Set<Setting> settings) {
        settings.forEach(setting -> ran(TYPE, setting, true, Setting.SEEDS));
    }

    private static ConformanceTests.Declared declared(Set<Setting> settings, String because) {
        return new ConformanceTests.Declared(TYPE, "works", settings, because);
    }

    private Checklist.Line row7(ConformanceTests.Declared... tests) {
        Map<String, List<ConformanceTests.Declared>> byRow = tests.length == 0 ? Map.of() : Map.of("7", List.of(tests));
        List<Checklist.Line> lines =
                new Checklist(new Reports(runs), new ConformanceTests(byRow, List.of())).lines(PAGE);
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    @Test
    public void aRowIsGoodIfItsTestPassedInAllSettings() {
        passedIn(EnumSet.allOf(Setting.class));

        Checklist.Line row = row7(declared(EnumSet.allOf(Setting.class), ""));

        assertThat(row.good()).isTrue();
        assertThat(row.settings()).isEqualTo("same ✓  two ✓  jvms ✓  sim 200");
    }

    @Test
    public void aMissingSettingIsNot() {
        for (Setting missing : Setting.values()) {
            runs.clear();
            passedIn(EnumSet.complementOf(EnumSet.of(missing)));

            Checklist.Line row = row7(declared(EnumSet.allOf(Setting.class), ""));

            assertThat(row.good()).as("without %s", missing).isFalse();
            assertThat(row.settings()).contains(missing.shortName() + " ✗");
            assertThat(row.details()).singleElement().asString().startsWith("FAILED   CallsTest.works");
        }
    }

    @Test
    public void theSameNameInAnotherPackageIsAnotherTest() {
        passedIn(EnumSet.complementOf(EnumSet.of(Setting.TWO_JVMS)));
        ran("org.example.other.CallsTest", Setting.TWO_JVMS, true, 0);

        assertThat(row7(declared(EnumSet.allOf(Setting.class), "")).good()).isFalse();
    }

    @Test
    public void oneFailureOfManyRunsIsOne() {
        passedIn(EnumSet.allOf(Setting.class));
        ran(TYPE, Setting.TWO_JVMS, false, 0);

        assertThat(row7(declared(EnumSet.allOf(Setting.class), "")).settings()).contains("jvms ✗");
    }

    @Test
    public void fewerSchedulesThanPromisedAreTooFew() {
        passedIn(EnumSet.complementOf(EnumSet.of(Setting.SIMULATOR)));
        ran(TYPE, Setting.SIMULATOR, true, 20);

        Checklist.Line row = row7(declared(EnumSet.allOf(Setting.class), ""));

        assertThat(row.good()).isFalse();
        assertThat(row.settings()).contains("sim ✗ (20 of 200)");
    }

    @Test
    public void aTestThatRunsInFewerSettingsSaysWhy() {
        Set<Setting> less = EnumSet.complementOf(EnumSet.of(Setting.ONE_RUNTIME));
        passedIn(less);

        Checklist.Line row = row7(declared(less, "there is no other side"));

        assertThat(row.good()).isTrue();
        assertThat(row.settings()).contains("same –");
        assertThat(row.details()).singleElement().asString().endsWith("not everywhere: there is no other side");
    }

    @Test
    public void aRowWithoutATestNeedsAReason() {
        assertThat(row7().good()).isFalse();
    }

    @Test
    public void aTestOfAnotherModuleMustHaveRunAndSayWhyItRunsThere() {
        List<String> page = List.of("| names | They differ | `org.example.NameTest`: nobody is called |");
        Checklist checklist = new Checklist(new Reports(runs), new ConformanceTests(Map.of(), List.of()));

        assertThat(checklist.lines(page).getFirst().good()).as("not run").isFalse();
        runs.add(new Reports.Run("org.example.NameTest", "differ", "", true, 0));
        assertThat(checklist.lines(page).getFirst().good()).isTrue();
        assertThat(checklist.lines(page).getFirst().details())
                .containsExactly("passed   org.example.NameTest", "nobody is called");
        assertThat(checklist
                        .lines(List.of("| names | They differ | `org.example.NameTest` |"))
                        .getFirst()
                        .good())
                .as("no reason")
                .isFalse();
    }

    @Test
    public void aTestThatNamesAnUnknownRowIsShown() {
        ConformanceTests tests =
                new ConformanceTests(Map.of("8", List.of(declared(EnumSet.allOf(Setting.class), ""))), List.of());

        List<Checklist.Line> lines = new Checklist(new Reports(runs), tests).lines(List.of());

        assertThat(lines)
                .singleElement()
                .matches(line -> !line.good() && line.row().equals("8"));
    }

    private Checklist.Line feature(String shown) {
        ConformanceTests tests = new ConformanceTests(Map.of(), List.of(declared(EnumSet.allOf(Setting.class), "")));
        List<Checklist.Line> lines =
                new Checklist(new Reports(runs), tests).lines(List.of("| B1 | Calls | `Stub` | " + shown + " |"));
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    @Test
    public void aFeatureNamesTheTestsThatShowItAndTheyMustHavePassed() {
        String shown = "`CallsTest#works`, `org.example.StubTest#isOne`; no groups: not built";

        assertThat(feature(shown).good()).as("nothing ran").isFalse();
        assertThat(feature(shown).details()).contains("NOT RUN  org.example.StubTest.isOne");
        passedIn(EnumSet.allOf(Setting.class));
        runs.add(new Reports.Run("org.example.StubTest", "isOne", "", true, 0));
        assertThat(feature(shown).good()).isTrue();
        assertThat(feature(shown).settings()).isEqualTo("same ✓  two ✓  jvms ✓  sim 200");
        assertThat(feature(shown).details())
                .containsExactly(
                        "passed   CallsTest.works", "passed   org.example.StubTest.isOne", "no groups: not built");
        ran(TYPE, Setting.TWO_JVMS, false, 0);
        assertThat(feature(shown).good()).as("one setting failed").isFalse();
    }

    @Test
    public void aFeatureWithoutATestNeedsAReason() {
        assertThat(feature("no: `other` does it").good()).isTrue();
        assertThat(feature("no: `other` does it").details()).containsExactly("no: `other` does it");
        assertThat(feature("").good()).isFalse();
        assertThat(feature("it works").good()).isFalse();
        assertThat(feature("`CallsTest#misspelt`").good()).isFalse();
    }

    @Test
    public void reportsAreReadWithTheirSettingsAndOldOnesLeftAside() throws IOException {
        Path reports = folder.newFolder("module", "target", "surefire-reports").toPath();
        Path report = Files.writeString(reports.resolve("TEST-x.xml"), """
                <testsuite><properties><property name="conformance.seeds" value="200"/></properties>
                <testcase name="works[two jvms]" classname="org.example.CallsTest"/>
                <testcase name="works[simulator]" classname="org.example.CallsTest"><failure/></testcase>
                <testcase name="works[one runtime]" classname="org.example.CallsTest"><skipped/></testcase>
                <testcase name="plain" classname="org.example.OtherTest"><error/></testcase></testsuite>
                """);

        Reports read = Reports.below(folder.getRoot().toPath(), Optional.empty());

        assertThat(read.of(TYPE))
                .containsExactly(
                        new Reports.Run(TYPE, "works", "two jvms", true, 200),
                        new Reports.Run(TYPE, "works", "simulator", false, 200));
        assertThat(read.of("org.example.OtherTest", "plain", ""))
                .singleElement()
                .matches(run -> !run.passed());
        Files.setLastModifiedTime(report, FileTime.from(Instant.ofEpochSecond(1)));
        assertThat(Reports.below(folder.getRoot().toPath(), Optional.of(FileTime.from(Instant.ofEpochSecond(2))))
                        .of(TYPE))
                .isEmpty();
    }

    @Test
    public void theTestsOfThisModuleAreFoundWithWhatTheyDeclare() throws Exception {
        Path classes = Path.of(ChecklistTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        ConformanceTests tests = ConformanceTests.below(classes);

        assertThat(tests.of("25"))
                .contains(new ConformanceTests.Declared(
                        CallsTest.class.getName(), "aResultIsACopy", EnumSet.allOf(Setting.class), ""));
        assertThat(tests.named("CallsTest", "aResultIsACopy"))
                .hasValueSatisfying(test -> assertThat(test.settings()).isEqualTo(EnumSet.allOf(Setting.class)));
        assertThat(tests.named("CallsTest", "settings")).as("which is no test").isEmpty();
        assertThat(tests.of("losses"))
                .isNotEmpty()
                .allMatch(test -> test.settings().equals(EnumSet.complementOf(EnumSet.of(Setting.ONE_RUNTIME)))
                        && !test.because().isEmpty());
    }
}
