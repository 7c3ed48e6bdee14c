package org.actium.itests.defects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.Trial;
import org.actium.simulation.Verdict;
import org.junit.AfterClass;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/**
 * Plants one defect after the other in the production code: each scenario that it names has to notice it, as the defect
 * says it shows, and the same run without the defect has to pass.
 */
@RunWith(Parameterized.class)
public class PlantedDefectsTest {

    private static final long FIRST_SEED = Long.getLong("firstSeed", 0);
    private static final long SEEDS = 1000;
    private static final Production PRODUCTION = new Production(Path.of(System.getProperty("actium.sources")));
    private static final Map<String, Scenario> SOUND = CodeUnderTest.scenarios(Map.of());
    private static final List<Hunt> HUNTS = new ArrayList<>();

    @Parameter
    public Defect defect;

    @Parameters(name = "{0}")
    public static List<Defect> defects() {
        return named(Defect.in(Path.of("src/test/defects")), System.getProperty("defect", ""));
    }

    /** @throws IllegalArgumentException naming all there are, if none has that in its name */
    static List<Defect> named(List<Defect> all, String part) {
        List<Defect> named =
                all.stream().filter(defect -> defect.name().contains(part)).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("-Ddefect=" + part + ": no defect has that in its name; there are "
                    + all.stream().map(Defect::name).collect(Collectors.joining(", ")));
        }
        return named;
    }

    @Test
    public void isNoticed() {
        Map<String, Scenario> scenarios = CodeUnderTest.scenarios(PRODUCTION.with(defect));
        for (String name : defect.noticedBy()) {
            Scenario scenario = scenarios.get(name);
            assertThat(scenario)
                    .as("scenario '%s', one of %s", name, scenarios.keySet())
                    .isNotNull();
            Hunt hunt = Hunt.forDefect(defect, name, scenario, LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS));
            HUNTS.add(hunt);
            System.out.print(hunt.tableRow() + hunt.red().map(Outcome::report).orElse(""));
            assertThat(hunt.red()).as("%s: %s", name, defect.title()).isPresent();
            requireThatItIsTheDefect(hunt.red().orElseThrow().trial(), SOUND.get(name));
        }
    }

    private static void requireThatItIsTheDefect(Trial red, Scenario sound) {
        Outcome without = Simulation.run(red, sound);
        assertThat(without.verdict())
                .as("seed %d without the defect: %s", red.seed(), without.report())
                .isEqualTo(Verdict.PASSED);
    }

    @AfterClass
    public static void writeTable() throws IOException {
        StringBuilder table = new StringBuilder(Hunt.tableHead());
        HUNTS.forEach(hunt -> table.append(hunt.tableRow()));
        System.out.print(table);
        Files.writeString(Path.of("target", "planted-defects.md"), table);
    }
}
