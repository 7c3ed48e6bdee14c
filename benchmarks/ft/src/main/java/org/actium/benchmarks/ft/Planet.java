package org.actium.benchmarks.ft;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * An active object: one of the bodies of an n-body problem, or a cluster of several points that move together in one
 * object. In each iteration it tells all others where its points are; when it knows where all are, they move.
 */
public class Planet implements Serializable {

    private static final long serialVersionUID = 1;
    private static final double STEP = 1e-3;
    private static final double SOFTENING = 1e-2;

    private final int index;
    private final double[] positions; // x, y, z of each point
    private final double[] velocities;
    private final TreeMap<Integer, double[][]> known = new TreeMap<>(); // by iteration, then by planet
    private int iteration;
    private int until;
    private List<Planet> planets;
    private Finish finish;

    public Planet(int index, int points) {
        this.index = index;
        this.positions = new Random(index).doubles(3L * points).toArray();
        this.velocities = new double[3 * points];
    }

    /** Goes on for so many iterations. Positions of others may have come before: they began earlier. */
    public void begin(List<Planet> all, int iterations, Finish reportTo) {
        planets = all;
        finish = reportTo;
        until += iterations;
        tellPositions();
        moveOn();
    }

    /** Another one tells where its points are at the beginning of an iteration. */
    public void positions(int when, int from, double[] where) {
        learn(when, from, where);
        if (iteration < until) {
            moveOn();
        }
    }

    /** Two that went through the same have the same. */
    public long digest() {
        return Arrays.hashCode(positions) * 31L + Arrays.hashCode(velocities);
    }

    private void learn(int when, int from, double[] where) {
        double[][] all = known.computeIfAbsent(when, first -> new double[Bodies.COUNT][]);
        all[from] = where;
    }

    private void moveOn() {
        while (iteration < until && isKnown(known.get(iteration))) {
            move(known.remove(iteration));
            iteration++;
            if (iteration == until) {
                finish.arrived();
            } else {
                tellPositions();
            }
        }
    }

    private static boolean isKnown(double[][] all) {
        return all != null && Arrays.stream(all).allMatch(where -> where != null);
    }

    private void tellPositions() {
        double[] here = positions.clone();
        learn(iteration, index, here);
        for (int other = 0; other < planets.size(); other++) {
            if (other != index) {
                planets.get(other).positions(iteration, index, here);
            }
        }
    }

    private void move(double[][] all) {
        for (int point = 0; point < positions.length; point += 3) {
            double x = 0;
            double y = 0;
            double z = 0;
            for (double[] others : all) {
                for (int other = 0; other < others.length; other += 3) {
                    double dx = others[other] - positions[point];
                    double dy = others[other + 1] - positions[point + 1];
                    double dz = others[other + 2] - positions[point + 2];
                    double square = dx * dx + dy * dy + dz * dz + SOFTENING;
                    double force = 1 / (square * Math.sqrt(square));
                    x += dx * force;
                    y += dy * force;
                    z += dz * force;
                }
            }
            velocities[point] += x * STEP;
            velocities[point + 1] += y * STEP;
            velocities[point + 2] += z * STEP;
        }
        for (int i = 0; i < positions.length; i++) {
            positions[i] += velocities[i] * STEP;
        }
    }
}
