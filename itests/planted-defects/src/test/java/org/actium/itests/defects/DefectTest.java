package org.actium.itests.defects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.actium.simulation.engine.Failure;
import org.junit.Test;

public class DefectTest {

    private static final String OUTBOX =
            "bundles/org.actium.object.core/src/main/java/org/actium/object/core/Outbox.java";

    private static Defect defect(String... changes) {
        String head = """
                title: A title
                wrong: What is wrong
                  with it
                noticed by: one, two
                objection: EndOracle | scenario: was lost:
                  for ever

                """;
        return Defect.parse("name", (head + String.join("\n", changes)).lines().toList());
    }

    private static Production production() {
        return new Production(Path.of(System.getProperty("actium.sources")));
    }

    @Test
    public void sayWhatIsWrongWhoNoticesItAndWhatChanges() {
        Defect defect =
                defect("@@ A.java", "     if (a) {", "-        b();", "", "+        c();", "", "@@ B.java", "-d", "");

        assertThat(defect)
                .isEqualTo(new Defect(
                        "name",
                        "A title",
                        "What is wrong with it",
                        List.of("one", "two"),
                        List.of(new Objection("EndOracle", ""), new Objection("scenario", "was lost: for ever")),
                        List.of(
                                new Hunk(
                                        "A.java",
                                        List.of("    if (a) {", "        b();", ""),
                                        List.of("    if (a) {", "", "        c();")),
                                new Hunk("B.java", List.of("d"), List.of()))));
    }

    @Test
    public void areLookedForByAPartOfTheirNames() {
        List<Defect> all = List.of(defect("@@ A.java", "-a"));

        assertThat(PlantedDefectsTest.named(all, "am")).isEqualTo(all);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PlantedDefectsTest.named(all, "amen"))
                .withMessageContaining("-Ddefect=amen")
                .withMessageContaining("there are name");
    }

    @Test
    public void explainFailuresThatShowAsTheySay() {
        Defect defect = defect("@@ A.java", "-a");

        assertThat(defect.explains(new Failure.Violation("EndOracle", "anything", 1)))
                .isTrue();
        assertThat(defect.explains(new Failure.Violation("scenario", "a call was lost: for ever, it seems", 1)))
                .isTrue();
        assertThat(defect.explains(new Failure.Violation("scenario", "a call came twice", 1)))
                .isFalse();
        assertThat(defect.explains(new Failure.Violation("FifoOracle", "anything", 1)))
                .isFalse();
        assertThat(defect.explains(new Failure.Endless(1, List.of()))).isFalse();
    }

    @Test
    public void replaceLinesWhereverTheyStand() {
        Hunk hunk = new Hunk("A.java", List.of("b", "c"), List.of("x"));

        assertThat(hunk.appliedTo(List.of("a", "b", "c", "d"))).containsExactly("a", "x", "d");
    }

    @Test
    public void areRefusedIfTheLinesAreGone() {
        assertThatExceptionOfType(DefectException.class)
                .isThrownBy(() -> production().with(defect("@@ " + OUTBOX, "-        noSuchLine();")))
                .withMessageContaining("are not in " + OUTBOX)
                .withMessageContaining("noSuchLine();")
                .withMessageContaining("must be rewritten");
    }

    @Test
    public void areRefusedIfTheLinesAreThereTwice() {
        assertThatExceptionOfType(DefectException.class)
                .isThrownBy(() -> production().with(defect("@@ " + OUTBOX, "-        }", "+        } // changed")))
                .withMessageContaining("more than once");
    }

    @Test
    public void areRefusedIfTheyDoNotCompile() {
        assertThatExceptionOfType(DefectException.class)
                .isThrownBy(() -> production()
                        .with(defect("@@ " + OUTBOX, "-        waiter = null;", "+        waiter = missing;")))
                .withMessageContaining("name does not compile")
                .withMessageContaining("missing");
    }

    @Test
    public void areRefusedIfTheyNameNoProductionCode() {
        assertThatExceptionOfType(DefectException.class)
                .isThrownBy(() -> production().with(defect("@@ pom.xml", "-<project>")))
                .withMessageContaining("pom.xml is no source of production code");
    }

    @Test
    public void areRefusedIfTheySayTooLittle() {
        assertThatExceptionOfType(DefectException.class)
                .isThrownBy(() -> Defect.parse("name", List.of("title: A title", "@@ A.java", "-a")))
                .withMessageContaining("name.defect has no 'wrong:'");
        assertThatExceptionOfType(DefectException.class)
                .isThrownBy(() -> defect(""))
                .withMessageContaining("changes nothing");
        assertThatExceptionOfType(DefectException.class)
                .isThrownBy(() -> defect("@@ A.java", " a", "-b", "+b"))
                .withMessageContaining("changes nothing in A.java");
    }

    @Test
    public void areCompiledWithTheirNestedClasses() {
        assertThat(production().with(defect("@@ " + OUTBOX, "-        waiter = null;")))
                .containsOnlyKeys(
                        "org.actium.object.core.Outbox",
                        "org.actium.object.core.Outbox$Targets",
                        "org.actium.object.core.Outbox$UnderWay",
                        "org.actium.object.core.Outbox$Waiter");
        assertThat(production()
                        .with(defect(
                                "@@ bundles/org.actium.object.core/src/main/java/org/actium/object/core/Inbox.java",
                                "-    private volatile Work top = ASLEEP[0];",
                                "+    private Work top = ASLEEP[0];")))
                .containsKeys("org.actium.object.core.Inbox", "org.actium.object.core.Inbox$Push");
    }

    @Test
    public void thatNothingNoticesYetCanStillBePlanted() {
        List<Defect> candidates = Defect.in(Path.of("candidates"));

        assertThat(candidates)
                .isNotEmpty()
                .allSatisfy(
                        candidate -> assertThat(production().with(candidate)).isNotEmpty());
    }
}
