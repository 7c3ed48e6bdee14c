package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class LastLinksTest {

    private final LastLinks links = new LastLinks();

    private static RuntimeId runtime(long number) {
        return new RuntimeId(0, number);
    }

    @Test
    public void forgetsTheRuntimesThatDepartedLongestAgo() {
        for (int i = 1; i <= LastLinks.KEPT; i++) {
            links.add(runtime(i), i, peer -> false);
        }
        links.add(runtime(1), 7, peer -> false);

        links.add(runtime(LastLinks.KEPT + 1), 8, peer -> false);

        assertThat(links.size()).isEqualTo(LastLinks.KEPT);
        assertThat(links.of(runtime(1))).as("linked again since").isEqualTo(7);
        assertThat(links.of(runtime(2))).as("the oldest").isZero();
        assertThat(links.of(runtime(3))).isEqualTo(3);
    }

    @Test
    public void keepsThoseThatAreLinkedHoweverMany() {
        for (int i = 1; i <= LastLinks.KEPT + 10; i++) {
            links.add(runtime(i), i, peer -> true);
        }

        assertThat(links.of(runtime(1))).isEqualTo(1);
    }
}
