package org.actium.examples.nbody;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.RunActive;
import org.actium.object.api.Service;

/**
 * An active object beside {@code main}: hears from the planets and shows how far all of them are. Time counts from
 * its creation.
 */
public class Progress implements RunActive {

    private static final RequestFilter NOT_YET = RequestFilter.named("allHaveArrived");

    private final int planets;
    private final int iterations;
    private final long start = System.nanoTime();
    private final Map<Integer, Integer> arrived = new HashMap<>(); // planets by iteration, until all have reached it
    private Duration last = Duration.ZERO;
    private boolean over;

    public Progress(int planets, int iterations) {
        this.planets = planets;
        this.iterations = iterations;
    }

    /** Until all planets have arrived, whoever asks whether they have waits. */
    @Override
    public void runActivity(ActiveContext context) {
        Service service = context.service();
        while (!over) {
            service.blockingServeOldest(NOT_YET.negate());
        }
        service.fifoServing();
    }

    /** Not served before; blocks for ever if a planet is lost. */
    public boolean allHaveArrived() {
        return over;
    }

    /** One planet more has done this many iterations. */
    public void reached(int iteration) {
        if (arrived.merge(iteration, 1, Integer::sum) == planets) {
            arrived.remove(iteration);
            over = iteration == iterations;
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
