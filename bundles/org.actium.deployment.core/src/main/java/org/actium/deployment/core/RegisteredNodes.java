package org.actium.deployment.core;

import java.util.List;
import org.actium.runtime.spi.NodeRef;

/** A virtual node that its descriptor registers, as other applications of the domain find it. */
interface RegisteredNodes {

    /** Under which it is exported, together with its name. */
    static String nameOf(String registered) {
        return "actium.deployment.virtual-node/" + registered;
    }

    /** Those it has; none as long as it is not ready. */
    List<NodeRef> nodes();
}
