package org.actium.benchmarks.ft;

import java.util.List;
import java.util.stream.IntStream;

/** Bodies that attract each other, on the workers in turns; each tells all others where it is. */
final class Bodies {

    static final int COUNT = 8;

    private final int iterations;
    private final List<Planet> planets;
    private final Finish finish;

    /** @param points of each body */
    Bodies(Cluster cluster, int points, int iterations) {
        this.iterations = iterations;
        this.planets = IntStream.range(0, COUNT)
                .mapToObj(index -> cluster.create(Planet.class, index % 2, index, points))
                .toList();
        this.finish = cluster.createHere(Finish.class, COUNT);
    }

    /** @return milliseconds of some more iterations */
    double run() {
        long begun = System.nanoTime();
        planets.forEach(planet -> planet.begin(planets, iterations, finish));
        finish.all();
        return (System.nanoTime() - begun) / 1e6;
    }

    /** Of those that went through as many iterations, the same. */
    List<Long> digest() {
        return planets.stream().map(Planet::digest).toList();
    }
}
