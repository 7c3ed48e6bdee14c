package org.actium.codec.java;

import java.io.Serializable;

/** Loaded by {@link SeparateLoader}s. */
public class Parcel implements Serializable {
    private final StringBuilder content = new StringBuilder("content");

    @Override
    public String toString() {
        return content.toString();
    }
}
