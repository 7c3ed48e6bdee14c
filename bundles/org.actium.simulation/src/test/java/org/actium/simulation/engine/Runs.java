package org.actium.simulation.engine;

/** Schedulers as the tests of this package want them. */
final class Runs {

    private Runs() {}

    static Scheduler seeded(long seed) {
        return of(seed, Strategy.random(), Limits.DEFAULT);
    }

    static Scheduler of(long seed, Strategy strategy, Limits limits) {
        return new Scheduler(new RandomStreams(seed), strategy, limits, Integer.MAX_VALUE, 0);
    }
}
