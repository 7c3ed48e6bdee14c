package org.actium.examples.nbody;

import java.io.Serializable;

/** Where a planet was when somebody looked. Not final and no record: only so can a future stand in for it. */
public class Sighting implements Serializable {

    private static final long serialVersionUID = 1;

    private final int iteration;
    private final PointMass planet;
    private final boolean finished;

    Sighting(int iteration, PointMass planet, boolean finished) {
        this.iteration = iteration;
        this.planet = planet;
        this.finished = finished;
    }

    /** Iterations it has done. */
    public int iteration() {
        return iteration;
    }

    /** Its place, and its velocity: of the same moment if it has finished, else half a step later. */
    public PointMass planet() {
        return planet;
    }

    public boolean isFinished() {
        return finished;
    }
}
