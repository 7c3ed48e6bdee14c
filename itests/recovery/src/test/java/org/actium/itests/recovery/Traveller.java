package org.actium.itests.recovery;

import java.io.Serializable;

/** Recoverable; goes through gates. */
public class Traveller implements Serializable {

    private static final long serialVersionUID = 1;

    private int gates;

    public Score through(Gate gate) {
        gates += gate.pass().value();
        return new Score(gates);
    }

    public Score gates() {
        return new Score(gates);
    }
}
