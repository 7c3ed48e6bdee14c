package org.actium.itests.recovery;

import java.io.Serializable;

/** A number: as a result it can be a future. */
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
