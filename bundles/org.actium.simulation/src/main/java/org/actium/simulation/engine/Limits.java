package org.actium.simulation.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * When a run is over although something could still happen.
 *
 * @param virtualTime a run that gets here ends as it should
 * @param steps a run that gets here has failed: it does not come to rest
 * @param wallTimePerStep a thread that does not come to rest for so long, measured by the real clock, fails the run
 */
public record Limits(Duration virtualTime, long steps, Duration wallTimePerStep) {

    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(10), 50_000_000, Duration.ofSeconds(20));

    public Limits {
        Objects.requireNonNull(virtualTime, "virtualTime");
        Objects.requireNonNull(wallTimePerStep, "wallTimePerStep");
    }

    public Limits virtualTime(Duration newVirtualTime) {
        return new Limits(newVirtualTime, steps, wallTimePerStep);
    }

    public Limits steps(long newSteps) {
        return new Limits(virtualTime, newSteps, wallTimePerStep);
    }

    public Limits wallTimePerStep(Duration newWallTime) {
        return new Limits(virtualTime, steps, newWallTime);
    }
}
