package org.actium.codec.java.library;

import java.io.Serializable;

/** Of another bundle than those who read. */
public class Shelved implements Serializable {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("unused") // it travels
    private final int number = 1;
}
