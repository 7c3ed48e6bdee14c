package org.actium.codec.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds out whether objects change that copies share because the application says they cannot. A debug mode: every look
 * walks through all that an object refers to. Safe for use by many threads.
 */
@ProviderType
public interface SharingCheck {

    /**
     * The outermost objects in the graph that {@link Codec#copy} shares on the word of the application: those whose class
     * is called immutable, and constants of enums that have fields.
     */
    List<Object> promised(Object graph);

    /** What the object and all it refers to contain now, as far as it would travel. */
    Contents contents(Object promised);

    /** Tells the operator that a promise was broken. */
    void report(String broken);

    /** Keeps alive nothing that it describes. */
    @ProviderType
    interface Contents {

        /** The first difference, as a path of fields with the two values; empty if there is none. */
        Optional<String> differenceTo(Contents later);
    }
}
