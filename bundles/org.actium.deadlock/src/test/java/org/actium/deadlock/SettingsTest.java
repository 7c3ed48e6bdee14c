package org.actium.deadlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.actium.deadlock.DeadlockDetection.Policy;
import org.actium.deadlock.DeadlockDetection.Settings;
import org.junit.Test;

public class SettingsTest {

    @Test
    public void whatIsNotSaidIsOneSecondAndReport() {
        assertThat(Settings.of(Optional.empty(), Optional.empty()))
                .isEqualTo(new Settings(Duration.ofSeconds(1), Policy.REPORT));
    }

    @Test
    public void propertiesAreRead() {
        assertThat(Settings.of(Optional.of(" 250 "), Optional.of("Fail")))
                .isEqualTo(new Settings(Duration.ofMillis(250), Policy.FAIL));
    }

    @Test
    public void whatCannotBeIsNamed() {
        assertThatThrownBy(() -> Settings.of(Optional.of("0"), Optional.empty()))
                .hasMessage("framework property actium.deadlock.patience.millis is '0', which is not a positive whole"
                        + " number");
        assertThatThrownBy(() -> Settings.of(Optional.empty(), Optional.of("ignore")))
                .hasMessage("framework property actium.deadlock.policy is 'ignore'; it may be report or fail");
    }
}
