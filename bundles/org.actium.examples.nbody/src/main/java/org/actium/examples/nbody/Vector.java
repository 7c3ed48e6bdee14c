package org.actium.examples.nbody;

import java.io.Serializable;

/** A place, velocity or acceleration in space. */
public record Vector(double x, double y, double z) implements Serializable {

    static final Vector ZERO = new Vector(0, 0, 0);

    Vector plus(Vector other) {
        return new Vector(x + other.x, y + other.y, z + other.z);
    }

    Vector minus(Vector other) {
        return new Vector(x - other.x, y - other.y, z - other.z);
    }

    Vector times(double factor) {
        return new Vector(x * factor, y * factor, z * factor);
    }

    double squared() {
        return x * x + y * y + z * z;
    }
}
