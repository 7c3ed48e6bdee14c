package org.actium.ft.store.api;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/**
 * Who may use a resource, such as a spare node. The store has no clock: who takes a lease over knows that it has ended.
 *
 * @param term from 1, one more with each holder
 */
public record Lease(String resource, long term, String holder, Instant until) implements Serializable {

    public Lease {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(until, "until");
        Numbers.requirePositive(term, "the term of resource '" + resource + "'");
    }
}
