package org.actium.itests.defects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** Where no defect is planted, no scenario notices one: who always cries is worth nothing. */
@RunWith(Parameterized.class)
public class SoundCodeTest {

    private static final Map<String, Scenario> SCENARIOS = CodeUnderTest.scenarios(Map.of());

    @Parameter
    public String name;

    @Parameters(name = "{0}")
    public static List<String> names() {
        return List.copyOf(SCENARIOS.keySet());
    }

    @Test
    public void isGreen() {
        Hunt hunt = Hunt.forAnything(name, SCENARIOS.get(name), Long.getLong("seeds", 40));
        System.out.print(hunt.tableRow());
        assertThat(hunt.red().map(Outcome::report)).isEmpty();
    }
}
