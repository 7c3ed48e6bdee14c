package org.actium.service.api;

import java.util.List;
import java.util.Optional;
import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ProviderType;

/** The technical services installed on this runtime. */
@ProviderType
public interface TechnicalServices {

    /** What is installed now, in order of id. */
    List<ServiceOffer> offers();

    /** The installed service that answers to this id or class name. */
    Optional<ServiceOffer> offer(String service);

    /**
     * Whether these services go together on one node, and in which order. One that is not installed here has no rules,
     * and answers to what is asked for.
     */
    Combination combine(List<ServiceUse> services);

    /**
     * Applies the services to a node of this runtime, in the order in which they go together, also with what the node
     * has already, which is left alone. Either all are applied, or none: if one fails, those before it are removed again,
     * last first. Blocks while the services do their work.
     *
     * @param group nodes of one group share an instance of each service; a deployment has one group for each of its
     *     virtual nodes
     * @throws TechnicalServiceException if one is not installed or fails, or they do not go together; names the service,
     *     the node and why
     */
    void apply(Node node, String group, List<ServiceUse> services);

    /** What the node has, in order of application. */
    List<ServiceUse> applied(Node node);

    /**
     * Removes one service from the node, and leaves the others.
     *
     * @param use its id in the descriptor, or in the command that applied it
     * @throws TechnicalServiceException if the node has no such service, or another one there requires it
     */
    void remove(Node node, String use);

    /** Removes from the node what was applied to it, last first. A failure is logged and does not stop the others. */
    void remove(Node node);
}
