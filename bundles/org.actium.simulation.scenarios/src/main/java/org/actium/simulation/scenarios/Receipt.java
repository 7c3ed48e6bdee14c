package org.actium.simulation.scenarios;

import java.io.Serializable;

/** A result that can be a future. */
public class Receipt implements Serializable {

    private static final long serialVersionUID = 1;

    private final String text;

    public Receipt(String text) {
        this.text = text;
    }

    /** The same at all who hold it. */
    public String text() {
        return text;
    }
}
