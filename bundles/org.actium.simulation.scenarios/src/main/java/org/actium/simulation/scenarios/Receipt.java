package org.actium.simulation.scenarios;

import java.io.Serializable;

/** A result that can be a future, and that can be changed: what one holder writes on his own, no other one sees. */
public class Receipt implements Serializable {

    private static final long serialVersionUID = 1;

    private String text;

    public Receipt(String text) {
        this.text = text;
    }

    /** The same at all who hold it, until they write on it. */
    public String text() {
        return text;
    }

    public void write(String more) {
        text = text + more;
    }
}
