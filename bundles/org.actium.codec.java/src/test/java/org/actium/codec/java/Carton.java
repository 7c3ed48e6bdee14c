package org.actium.codec.java;

import java.io.Serializable;

/** Loaded by {@link SeparateLoader}s; nothing but fields. */
public class Carton implements Serializable {
    private static final long serialVersionUID = 1;
    private final String content = "content";

    @Override
    public String toString() {
        return content;
    }
}
