package org.actium.examples.nbody;

/** A planet cannot go on, because it or another one could not be reached. */
public class PlanetStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PlanetStoppedException(String message) {
        super(message);
    }
}
