package org.actium.examples.nbody;

import java.io.Serializable;
import java.util.Objects;

/** What there is to know of a planet at one moment, in units in which the constant of gravitation is 1. */
public record PointMass(double mass, Vector position, Vector velocity) implements Serializable {

    public PointMass {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(velocity, "velocity");
    }

    /** The same place, faster by the acceleration that lasted for this time. */
    PointMass kick(Vector acceleration, double time) {
        return new PointMass(mass, position, velocity.plus(acceleration.times(time)));
    }

    /** The same velocity, as far away as it leads in this time. */
    PointMass drift(double time) {
        return new PointMass(mass, position.plus(velocity.times(time)), velocity);
    }
}
