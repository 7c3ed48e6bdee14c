package org.actium.object.core;

import java.util.Objects;
import java.util.Optional;

/**
 * What active object is wanted.
 *
 * @param type its class
 * @param face the type of its stubs: its class, or what that extends or implements
 * @param turned whether it exists and is the one argument; else it is constructed from the arguments
 * @param acting whether after its arguments comes an object that acts for it
 * @param name as people call it; empty for one made of class and number
 */
record Birth(Class<?> type, Class<?> face, boolean turned, boolean acting, Optional<String> name) {

    Birth {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(face, "face");
        Objects.requireNonNull(name, "name");
    }

    /** What its arguments are, for messages. */
    String argument() {
        return turned ? "object to be turned active" : "constructor argument of " + type.getName();
    }
}
