package org.actium.object.core;

import java.util.Objects;
import java.util.Optional;
import org.actium.codec.api.CodecException;

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

    /**
     * Where that cannot travel which it is made of.
     *
     * @param arguments how many there are, with what acts for it
     */
    CodecException notSent(int arguments, CodecException why) {
        String what = turned
                ? "object to be turned active cannot be passed on: " + why.getMessage()
                : "constructor arguments cannot be passed on: "
                        + Failures.inArguments(why.getMessage(), acting ? arguments - 1 : arguments);
        return new CodecException("no active object of " + type.getName() + " was created; its " + what, why);
    }
}
