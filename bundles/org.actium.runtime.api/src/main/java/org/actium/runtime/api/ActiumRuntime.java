package org.actium.runtime.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** This JVM (or this one of several, in a test) as a part of the system. All methods may be called from any thread; none blocks. */
@ProviderType
public interface ActiumRuntime {

    RuntimeId id();

    /** What people call this runtime, for example {@code worker-1}. */
    String name();

    /** The node that is always there; it belongs to no virtual node. */
    Node defaultNode();

    /**
     * Adds a node.
     *
     * @param virtualNode the virtual node it belongs to; empty for none
     * @throws IllegalArgumentException if a node of that name exists, or listeners are still hearing that one is removed
     */
    Node createNode(String name, Optional<String> virtualNode);

    /**
     * Removes the node and ends what runs on it; does nothing if it is not there. The default node cannot be removed. Its name
     * is free again when this returns to whoever removed it.
     */
    void removeNode(String name);

    Optional<Node> node(String name);

    /** The nodes there are now, the default node first, the others in order of creation. */
    List<Node> nodes();

    /** Calls the listener for every node that comes or goes from now on, on the thread that creates or removes it. */
    Registration listen(NodeListener listener);
}
