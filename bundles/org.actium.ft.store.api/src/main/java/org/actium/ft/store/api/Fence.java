package org.actium.ft.store.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * What the author of a batch believes to be current: a recovered object has a higher incarnation, so that whatever an
 * earlier copy of it still writes is refused.
 *
 * @param current an incarnation, an epoch or a term; 0: there is none
 */
public record Fence(Kind kind, String id, long current) implements Serializable {

    /** What has numbers that grow. */
    public enum Kind {
        OBJECT,
        DOMAIN,
        RESOURCE
    }

    public Fence {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
    }

    public static Fence object(String id, long incarnation) {
        return new Fence(Kind.OBJECT, id, incarnation);
    }

    public static Fence domain(String id, long epoch) {
        return new Fence(Kind.DOMAIN, id, epoch);
    }

    public static Fence resource(String name, long term) {
        return new Fence(Kind.RESOURCE, name, term);
    }
}
