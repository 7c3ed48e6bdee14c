package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.Test;

public class TokenCommandTest {

    @Test
    public void readsANumberAndAUnit() {
        assertThat(TokenCommand.duration("30s")).isEqualTo(Duration.ofSeconds(30));
        assertThat(TokenCommand.duration("10m")).isEqualTo(Duration.ofMinutes(10));
        assertThat(TokenCommand.duration("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(TokenCommand.duration("1d")).isEqualTo(Duration.ofDays(1));
    }

    @Test
    public void printsUpTo999() {
        assertThat(TokenCommand.count("20")).isEqualTo(20);
        assertThatThrownBy(() -> TokenCommand.count("0")).hasMessageContaining("not '0'");
        assertThatThrownBy(() -> TokenCommand.count("1000")).hasMessageContaining("from 1 to 999");
    }

    @Test
    public void refusesANumberWithoutUnit() {
        assertThatThrownBy(() -> TokenCommand.duration("10")).hasMessageContaining("not '10'");
        assertThatThrownBy(() -> TokenCommand.duration("-1m")).hasMessageContaining("not '-1m'");
    }
}
