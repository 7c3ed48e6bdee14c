package org.actium.examples.hello;

import java.io.Serializable;

/** A number. Serializable, because it travels; not final, so that a future can stand in for it. */
public class Count implements Serializable {

    private static final long serialVersionUID = 1;

    private final int value;

    public Count(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
