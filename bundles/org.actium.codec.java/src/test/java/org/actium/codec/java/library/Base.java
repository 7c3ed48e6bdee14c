package org.actium.codec.java.library;

import java.io.Serializable;

/** Of another bundle than those who read, and extended by a class of theirs. */
public class Base implements Serializable {
    private static final long serialVersionUID = 1;

    public int inherited;
}
