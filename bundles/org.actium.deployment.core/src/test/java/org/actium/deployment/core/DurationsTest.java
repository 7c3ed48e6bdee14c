package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.Test;

public class DurationsTest {

    @Test
    public void readsAsPeopleSayIt() {
        assertThat(Durations.text(Duration.ofSeconds(70))).isEqualTo("70 s");
        assertThat(Durations.text(Duration.ofMillis(1234))).isEqualTo("1.2 s");
        assertThat(Durations.text(Duration.ofMillis(2010))).isEqualTo("2 s");
        assertThat(Durations.text(Duration.ofMillis(350))).isEqualTo("350 ms");
        assertThat(Durations.text(Duration.ZERO)).isEqualTo("0 ms");
    }
}
