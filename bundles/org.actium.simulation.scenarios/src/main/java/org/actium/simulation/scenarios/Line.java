package org.actium.simulation.scenarios;

import java.io.Serializable;

/** Where something is written down: a result that can be a future. */
public class Line implements Serializable {

    private static final long serialVersionUID = 1;

    private final int number;

    public Line(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
