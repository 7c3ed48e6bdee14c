package org.actium.examples.nbody;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An active object beside {@code main}: hears from the planets and shows how far all of them are. Time counts from
 * its creation.
 */
public class Progress {

    private final int planets;
    private final int iterations;
    private final long start = System.nanoTime();
    private final Map<Integer, Integer> arrived = new HashMap<>(); // planets by iteration, until all have reached it
    private Duration last = Duration.ZERO;

    public Progress(int planets, int iterations) {
        this.planets = planets;
        this.iterations = iterations;
    }

    /** One planet more has done this many iterations. */
    public void reached(int iteration) {
        if (arrived.merge(iteration, 1, Integer::sum) == planets) {
            arrived.remove(iteration);
            last = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf(
                    Locale.ROOT,
                    "iteration %d of %d, %.0f iterations/s%n",
                    iteration,
                    iterations,
                    perSecond(iteration, last));
        }
    }

    /** How long it took until all planets had reached the iteration that was shown last. */
    public Duration duration() {
        return last;
    }

    static double perSecond(int iterations, Duration duration) {
        return iterations / Math.max(duration.toNanos() / 1e9, 1e-9);
    }
}
