package org.actium.codec.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Objects that do not travel by value: stubs of active objects, pending futures, nodes. */
@ConsumerType
public interface Substitution {

    /** Everything travels by value. */
    Substitution NONE = new Substitution() {};

    /**
     * What is written instead of the original: the original itself, or something serializable that stands for it. May
     * be asked again for an object it was asked for.
     */
    default Object replace(Object original) {
        return original;
    }

    /** What takes the place of an object that was read: the object itself, or what it stands for. */
    default Object restore(Object substitute) {
        return substitute;
    }
}
