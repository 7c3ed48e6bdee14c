package org.actium.simulation.engine;

import java.util.random.RandomGenerator;

/**
 * In what order threads that could run do run. Named in every outcome: {@code toString} is what {@link #of} understands.
 */
public interface Strategy {

    /** A queue for one run; everything it decides comes from the given random numbers. */
    ReadyQueue queue(RandomGenerator random);

    /** Each thread that can run is equally likely to run next. */
    static Strategy random() {
        return new RandomStrategy();
    }

    /**
     * Probabilistic concurrency testing: finds a bug that needs {@code depth} ordering constraints in a run of
     * {@code steps} steps and n threads with probability at least 1/(n·steps^(depth-1)), see Burckhardt, Kothari,
     * Musuvathi, Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010.
     *
     * @param steps about how many a run takes; with many more than it does, hardly anything is ever put off
     */
    static Strategy pct(int depth, long steps) {
        return new PctStrategy(depth, steps);
    }

    /** Threads run in the order in which they became able to; the run without surprises. */
    static Strategy roundRobin() {
        return new RoundRobinStrategy();
    }

    /**
     * The strategy with that name: {@code random}, {@code round-robin}, or {@code pct:3:512} for PCT of depth 3 in runs
     * of 512 steps.
     *
     * @throws IllegalArgumentException saying which there are
     */
    static Strategy of(String text) {
        if (text.equals(random().toString())) {
            return random();
        }
        if (text.equals(roundRobin().toString())) {
            return roundRobin();
        }
        return PctStrategy.of(text)
                .orElseThrow(() -> new IllegalArgumentException("there is no strategy '" + text
                        + "'; there are random, round-robin, and pct:3:512 for PCT of depth 3 in runs of 512 steps"));
    }
}
