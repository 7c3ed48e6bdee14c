package org.actium.ft.store.api;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The saved state of one object: which chunks it consists of.
 *
 * @param number of the recovery line it belongs to
 * @param chunks their hashes, in order; one may occur more than once
 */
public record Checkpoint(String object, long number, List<String> chunks) implements Serializable {

    public Checkpoint {
        Objects.requireNonNull(object, "object");
        chunks = List.copyOf(chunks);
    }
}
