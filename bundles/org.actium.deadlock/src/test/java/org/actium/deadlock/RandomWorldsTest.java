package org.actium.deadlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.Test;

public class RandomWorldsTest {

    private static final int WORLDS = Integer.getInteger("deadlock.worlds", 4_000);

    @Test
    public void inRandomWorldsEveryCircleIsReportedOnceAndNothingElseIs() {
        int circles = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            circles += check(seed, false);
        }
        assertThat(circles)
                .as("circles there were, to show that the worlds are worth looking at")
                .isGreaterThan(WORLDS / 10);
    }

    @Test
    public void aLostProbeIsMadeUpForByALaterOne() {
        for (int seed = 0; seed < WORLDS / 4; seed++) {
            check(seed, true);
        }
    }

    /** @return how many circles there were */
    private static int check(int seed, boolean losesProbes) {
        SplittableRandom random = new SplittableRandom(seed);
        ModelledWorld world = new ModelledWorld(random, 1 + seed % 3, 2 + random.nextInt(4), losesProbes);
        try {
            for (int step = 0; step < 150; step++) {
                world.step(); // what is reported is compared with the truth at that moment
            }
            world.comeToRest();
            world.suspectAll();
            world.comeToRest();

            assertThat(world.reports()).doesNotHaveDuplicates();
            assertThat(new HashSet<>(world.reports())).isEqualTo(world.circles());
            return world.circles().size();
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError("in the world of seed " + seed, failed);
        }
    }
}
