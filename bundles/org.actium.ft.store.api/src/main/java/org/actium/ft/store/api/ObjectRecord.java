package org.actium.ft.store.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * A fault-tolerant active object.
 *
 * @param incarnation from 1, one more with each recovery; only its latest copy counts
 * @param domain the objects it rolls back with
 * @param node where it lives
 * @param run of the application that it belongs to, which may have been over for long
 */
public record ObjectRecord(String id, long incarnation, String domain, String node, String run)
        implements Serializable {

    public ObjectRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(run, "run");
        Numbers.requirePositive(incarnation, "the incarnation of object '" + id + "'");
    }
}
