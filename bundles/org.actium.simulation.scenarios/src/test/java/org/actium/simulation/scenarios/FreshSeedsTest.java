package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Every scenario with seeds nobody has tried, for a fixed time; {@code -Dactium.simulate.seconds} sets how long. What
 * it prints is in the report of the test: each seed can be run again with {@code actium simulate}.
 */
public class FreshSeedsTest {

    private static final int SECONDS = Integer.getInteger("actium.simulate.seconds", 60);

    @Rule
    public final Timeout deadline = Timeout.seconds(SECONDS * 5L + 300);

    @Test
    public void freshSeedsPass() throws Options.UsageException {
        Duration share = Duration.ofSeconds(SECONDS).dividedBy(Scenarios.all().size());
        List<String> red = new ArrayList<>();
        for (NamedScenario scenario : Scenarios.all()) {
            Options options = Options.parse(scenario.name(), "--seconds", String.valueOf(SECONDS));
            List<String> lines = new ArrayList<>();
            if (!new Exploration(scenario, options, lines::add).run(Main.fresh(share))) {
                red.add(String.join("\n", lines));
            }
            lines.forEach(System.out::println);
        }
        assertThat(red).as(String.join("\n\n", red)).isEmpty();
    }
}
