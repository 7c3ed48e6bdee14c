package org.actium.examples.pingpong;

import java.io.Serializable;

/** A number. Not final, so that a future can stand in for it. */
public class Score implements Serializable {

    private static final long serialVersionUID = 1;

    private final int value;

    public Score(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
