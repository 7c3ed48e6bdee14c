package org.actium.service.core;

import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.service.api.TechnicalServiceException;

/** The nodes that this runtime has now. */
record ListedNodes(ActiumRuntime runtime) {

    boolean contains(Node node) {
        return runtime.node(node.name()).filter(node::equals).isPresent();
    }

    void require(Node node) {
        if (!contains(node)) {
            throw new TechnicalServiceException("node '" + node.name()
                    + "': technical services cannot be applied, because runtime " + runtime.name()
                    + " has no such node (any more)");
        }
    }
}
