package org.actium.examples.nbody;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What came of an experiment. */
record Summary(Experiment experiment, List<PointMass> planets) {

    Summary {
        planets = List.copyOf(planets);
    }

    /** By how much the total energy changed, which it should not; relative to the energy at the beginning. */
    double energyDrift() {
        double before = experiment.gravity().energy(experiment.planets());
        return (experiment.gravity().energy(planets) - before) / Math.abs(before);
    }

    /** Two results have the same digest if they are equal to the last bit. */
    String digest() {
        ByteBuffer bits = ByteBuffer.allocate(planets.size() * 6 * Double.BYTES);
        for (PointMass planet : planets) {
            for (Vector vector : List.of(planet.position(), planet.velocity())) {
                bits.putDouble(vector.x()).putDouble(vector.y()).putDouble(vector.z());
            }
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bits.array()));
        } catch (NoSuchAlgorithmException impossible) { // every JDK has it
            throw new IllegalStateException(impossible);
        }
    }

    /** Positions with all their digits: what is printed reads back as the same bits. */
    List<String> positions() {
        return IntStream.range(0, planets.size())
                .mapToObj(i -> {
                    Vector at = planets.get(i).position();
                    return "planet " + i + " at " + at.x() + " " + at.y() + " " + at.z();
                })
                .toList();
    }

    String energy() {
        return String.format(
                Locale.ROOT,
                "energy %.12f, at the beginning %.12f, drift %.1e",
                experiment.gravity().energy(planets),
                experiment.gravity().energy(experiment.planets()),
                energyDrift());
    }
}
