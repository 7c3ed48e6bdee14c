package org.actium.runtime.spi;

import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ProviderType;

/** Turns node handles into what can be sent, and back. */
@ProviderType
public interface NodeHandles {

    NodeRef ref(Node node);

    /** The node itself if it is one of this runtime and still there, otherwise a handle that reaches it over a link. */
    Node node(NodeRef ref);
}
