package org.actium.deployment.descriptor.dialect;

import java.util.Set;

/** What becomes of an element of a dialect. */
sealed interface Change {

    /** It stays what it is. */
    Change NONE = new Kept();

    /** It stays what it is. */
    record Kept() implements Change {}

    /** It is called otherwise. */
    record Renamed(String name) implements Change {}

    /**
     * It only groups: what is in it takes its place.
     *
     * @param attributes that it may have, and that have no effect
     */
    record Dissolved(Set<String> attributes) implements Change {
        public Dissolved {
            attributes = Set.copyOf(attributes);
        }
    }

    /**
     * It is called otherwise and keeps some of its children; the others follow it.
     *
     * @param kept names of the children it keeps, as the dialect spells them
     */
    record Split(String name, Set<String> kept) implements Change {
        public Split {
            kept = Set.copyOf(kept);
        }
    }
}
