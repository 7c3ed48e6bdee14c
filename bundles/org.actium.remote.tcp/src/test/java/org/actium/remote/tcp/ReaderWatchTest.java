package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class ReaderWatchTest {

    private final ReaderWatch.Pace pace = new ReaderWatch.Pace();

    private void look(int times, boolean missed) {
        for (int i = 0; i < times; i++) {
            pace.looked(missed);
        }
    }

    @Test
    public void looksLessOftenAsLongAsEveryReaderComesBackButNotEverLess() {
        long first = pace.nanos();
        look(49, false);
        assertThat(pace.nanos()).isEqualTo(first);
        look(1, false);
        assertThat(pace.nanos()).isEqualTo(2 * first);
        look(10_000, false);
        assertThat(pace.nanos()).isEqualTo(4 * first).isEqualTo(TimeUnit.MICROSECONDS.toNanos(800));
    }

    @Test
    public void looksOftenAgainWhenAReaderDidNotComeBack() {
        long first = pace.nanos();
        look(1_000, false);
        look(1, true);
        assertThat(pace.nanos()).isEqualTo(first);
        look(49, false);
        assertThat(pace.nanos()).as("the looks before do not count").isEqualTo(first);
    }

    @Test
    public void whoKeepsMissingReadersGoesOnLookingOften() {
        long first = pace.nanos();
        for (int i = 0; i < 100; i++) {
            look(40, false);
            look(1, true);
        }
        assertThat(pace.nanos()).isEqualTo(first);
    }
}
