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
     * Applies the services to a node of this runtime, in this order. Either all are applied, or none: if one fails,
     * those before it are removed again. Blocks while the services do their work; what the node has already is left
     * alone.
     *
     * @param group nodes of one group share an instance of each service; a deployment has one group for each of its
     *     virtual nodes
     * @throws TechnicalServiceException if one is not installed or fails; names the service, the node and why
     */
    void apply(Node node, String group, List<ServiceUse> services);

    /** Removes from the node what was applied to it, last first. A failure is logged and does not stop the others. */
    void remove(Node node);
}
