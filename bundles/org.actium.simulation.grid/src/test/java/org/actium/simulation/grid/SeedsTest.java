package org.actium.simulation.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.simulation.engine.Strategy;
import org.junit.Test;

public class SeedsTest {

    private static Seeds seeds(Map<String, String> properties) {
        return Seeds.of(3, properties::get);
    }

    @Test
    public void theyAreAlwaysTheSameUnlessSomebodyWantsOthers() {
        assertThat(seeds(Map.of())).isEqualTo(new Seeds(List.of(0L, 1L, 2L), false, Optional.empty()));
        assertThat(seeds(Map.of("actium.seeds", "2", "actium.seeds.from", "7")).all())
                .containsExactly(7L, 8L);
        assertThat(seeds(Map.of("actium.seeds.from", "random")).all())
                .isNotEqualTo(seeds(Map.of("actium.seeds.from", "random")).all());
    }

    @Test
    public void oneOfThemCanBeRunAlone() {
        assertThat(seeds(Map.of("actium.seed", "-17", "actium.seeds", "5")))
                .isEqualTo(new Seeds(List.of(-17L), true, Optional.empty()));
        assertThat(seeds(Map.of("actium.seed", "3", "actium.strategy", "pct:3:64")))
                .isEqualTo(new Seeds(List.of(3L), true, Optional.of(Strategy.pct(3, 64))));
    }

    @Test
    public void whatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> seeds(Map.of("actium.seed", "x")))
                .hasMessage("-Dactium.seed wants a whole number, not 'x'");
        assertThatThrownBy(() -> seeds(Map.of("actium.seeds.from", "x")))
                .hasMessage("-Dactium.seeds.from wants a whole number or 'random', not 'x'");
        assertThatThrownBy(() -> seeds(Map.of("actium.seeds", "0")))
                .hasMessage("-Dactium.seeds=0: at least one seed is needed");
        assertThatThrownBy(() -> seeds(Map.of("actium.strategy", "x")))
                .hasMessageStartingWith("-Dactium.strategy: there is no strategy 'x'; there are random, ");
    }
}
