package org.actium.deployment.core;

import java.util.List;
import org.actium.service.api.ServiceUse;

/**
 * What each runtime of a source gives to one virtual node.
 *
 * @param nodes how many nodes
 * @param prefix begins the names of these nodes, after the id of the deployment
 * @param before how many nodes of this prefix come from sources before this one
 * @param services the technical services of the virtual node, in order of application
 */
record Share(String virtualNode, int nodes, String prefix, int before, List<ServiceUse> services) {

    /**
     * The name of a node, unique in its deployment.
     *
     * @param runtime position of the runtime in its source, from 0
     * @param node position of the node in that runtime, from 0
     */
    String nodeName(String deployment, int runtime, int node) {
        return deployment + "-" + prefix + "-" + (before + runtime * nodes + node + 1);
    }
}
