package org.actium.object.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * What there is to see of one active object.
 *
 * @param type name of its class
 * @param node name of the node it is on
 * @param queued requests that wait for service now
 * @param served requests taken from its queue and served since it was created; immediate ones do not count
 */
public record ObjectInfo(BodyId id, String name, String type, String node, int queued, long served)
        implements Serializable {

    public ObjectInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(node, "node");
    }
}
