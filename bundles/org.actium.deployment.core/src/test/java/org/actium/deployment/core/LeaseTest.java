package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.Test;

public class LeaseTest {

    @Test
    public void isAWholeNumberOfSeconds() {
        assertThat(Lease.parse("actium.lease.seconds", " 30 ")).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    public void anythingElseIsRefused() {
        for (String text : new String[] {"0", "-1", "10 s", ""}) {
            assertThatThrownBy(() -> Lease.parse("actium.join.seconds", text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("actium.join.seconds='" + text + "' is not a whole number of seconds from 1");
        }
    }
}
