package org.actium.runtime.api;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A named place in a runtime, here or elsewhere, that hosts active objects.
 *
 * <p>Two handles on the same node are equal. A handle may be an argument or a result of a call to an active object. On
 * a node of another runtime, reading or setting properties is a round trip and blocks; it fails with the exceptions of
 * {@code org.actium.remote.api}.
 */
@ProviderType
public interface Node {

    /** Unique within its runtime. */
    String name();

    RuntimeId runtime();

    /** {@code actium://host:port/name}; without host and port while its runtime accepts no connection. */
    String url();

    /** The virtual node this node was handed to by a deployment; empty for a node nobody deployed. */
    Optional<String> virtualNode();

    Optional<String> property(String key);

    /** All properties as they are now. */
    Map<String, String> properties();

    void setProperty(String key, String value);

    /** Does nothing if there is no such property. */
    void removeProperty(String key);
}
