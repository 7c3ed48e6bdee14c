package org.actium.deployment.core;

import java.util.List;
import org.actium.object.api.ObjectInfo;
import org.actium.runtime.spi.NodeRef;
import org.actium.service.api.ServiceUse;

/**
 * What a runtime does for those that deploy on it. Every runtime offers one to its domain; calls travel over links and
 * fail as those of remote objects do.
 */
interface RuntimeAgent {

    /** Under which it is exported. */
    String NAME = "actium.deployment.agent";

    /**
     * @param group {@link org.actium.service.api.ServiceGroup} of whoever wants it
     * @throws IllegalArgumentException if there is a node of that name
     */
    NodeRef createNode(String node, String virtualNode, String group);

    /**
     * Applies technical services to a node, all or none.
     *
     * @param group nodes of one group share an instance of each service
     * @throws org.actium.service.api.TechnicalServiceException if one is not installed there or fails
     */
    void applyServices(String node, String group, List<ServiceUse> services);

    /**
     * Removes one technical service from a node; does nothing if the node is not there, or has no such service.
     *
     * @param use its id
     */
    void removeService(String node, String use);

    /** Removes the technical services of the node, then the node with what runs on it; does nothing if it is not there. */
    void removeNode(String node);

    /** All nodes there are, the default node first. */
    List<NodeReport> nodes();

    /** The active objects there are. */
    List<ObjectInfo> objects();

    /** Makes the runtime end itself; returns before it has. */
    void stop(String reason);
}
