package org.actium.service.api;

import java.util.Map;
import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A non-functional setting that a descriptor attaches to a virtual node, such as fault tolerance or load balancing.
 *
 * <p>Offered as a Declarative Services component of prototype scope with the service property {@link #ID}; a descriptor
 * names that id or the class. Each virtual node on each runtime gets an instance of its own: {@link #init} once, then
 * {@link #apply} for each node, before the application sees the node, and {@link #remove} when the node is given back.
 * Calls to one instance do not overlap. An exception from init or apply makes the deployment fail with its message.
 */
@ConsumerType
public interface TechnicalService {

    /** Service property: the id by which descriptors name the service. Required. */
    String ID = "actium.technical.service";

    /** @param arguments name and value of each {@code arg} in the descriptor; unmodifiable */
    void init(Map<String, String> arguments);

    /** @param node a node of this runtime */
    void apply(Node node);

    /** Undoes {@link #apply}, for a live removal or because the node goes. */
    default void remove(Node node) {}
}
