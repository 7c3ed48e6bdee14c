package org.actium.ft.store.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * Objects that roll back together.
 *
 * @param epoch from 1, one more with each recovery and each change of who belongs to it
 * @param line the number of its latest stable recovery line; 0: none
 */
public record DomainRecord(String id, long epoch, long line) implements Serializable {

    public DomainRecord {
        Objects.requireNonNull(id, "id");
        Numbers.requirePositive(epoch, "the epoch of domain '" + id + "'");
    }
}
