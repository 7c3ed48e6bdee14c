package org.actium.simulation.engine;

import java.util.random.RandomGenerator;

/** In what order threads that could run do run. Named in every outcome, so {@code toString} is for people. */
public interface Strategy {

    /** A queue for one run; everything it decides comes from the given random numbers. */
    ReadyQueue queue(RandomGenerator random);

    /** Each thread that can run is equally likely to run next. */
    static Strategy random() {
        return new RandomStrategy();
    }

    /** {@link #pct(int, long)} for runs of about 10 000 steps. */
    static Strategy pct(int depth) {
        return pct(depth, 10_000);
    }

    /**
     * Probabilistic concurrency testing: finds a bug that needs {@code depth} ordering constraints in a run of
     * {@code steps} steps and n threads with probability at least 1/(n·steps^(depth-1)), see Burckhardt, Kothari,
     * Musuvathi, Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010.
     */
    static Strategy pct(int depth, long steps) {
        return new PctStrategy(depth, steps);
    }

    /** Threads run in the order in which they became able to; the run without surprises. */
    static Strategy roundRobin() {
        return new RoundRobinStrategy();
    }
}
