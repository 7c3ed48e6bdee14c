package org.actium.service.api;

import java.util.Map;
import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A non-functional setting that a descriptor attaches to a virtual node, such as fault tolerance or load balancing.
 *
 * <p>Offered as a Declarative Services component of prototype scope with {@link Offer}, or with the service property
 * {@link #ID} if it has no rules; a descriptor names that id or the class. Each virtual node on each runtime gets an
 * instance of its own: {@link #init} once, then {@link #apply(Node, Contributions)} for each node, before the application
 * sees the node, and {@link #remove} when the node is given back. Calls to one instance do not overlap. An exception from
 * init or apply makes the deployment fail with its message.
 */
@ConsumerType
public interface TechnicalService {

    /** Service property: the id by which descriptors name the service. Required, unless {@link Offer} gives it. */
    String ID = Offer.NAMESPACE;

    /** @param arguments name and value of each {@code arg} in the descriptor; unmodifiable */
    default void init(Map<String, String> arguments) {}

    /**
     * Applies the service to a node of this runtime. Does what {@link #apply(Node)} does, unless the service overrides it.
     *
     * @param contributions takes what the service brings to the node, and takes it back when the service is removed
     */
    default void apply(Node node, Contributions contributions) {
        apply(node);
    }

    /** For services that contribute nothing that is undone by itself. @param node a node of this runtime */
    default void apply(Node node) {}

    /** Undoes what apply did without {@link Contributions}, for a live removal or because the node goes. */
    default void remove(Node node) {}
}
