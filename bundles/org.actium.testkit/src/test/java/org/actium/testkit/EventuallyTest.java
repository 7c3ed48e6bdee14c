package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class EventuallyTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final SystemTime time = new SystemTime(new SystemThreads());
    private final Eventually patiently = new Eventually(time, Duration.ofDays(1));

    @After
    public void stop() {
        time.close();
    }

    @Test
    public void aThreadThatIsInterruptedWaitsNoLonger() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> patiently.holds("the sun rises in the west", () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("interrupted before it came true: the sun rises in the west");

        assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
    }

    @Test
    public void whatIsTrueIsTrueForAThreadThatIsInterruptedToo() {
        Thread.currentThread().interrupt();

        patiently.holds("the sun rises in the east", () -> true);

        assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
    }
}
