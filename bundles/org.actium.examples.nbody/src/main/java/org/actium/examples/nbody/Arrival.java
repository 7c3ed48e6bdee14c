package org.actium.examples.nbody;

import java.io.Serializable;

/** Where a planet is after its last iteration. Not final and no record: only so can a future stand in for it. */
public class Arrival implements Serializable {

    private static final long serialVersionUID = 1;

    private final PointMass planet;

    Arrival(PointMass planet) {
        this.planet = planet;
    }

    /** Place and velocity of the same moment. */
    public PointMass planet() {
        return planet;
    }
}
