package org.actium.runtime.spi;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.actium.runtime.api.RuntimeAddress;

/** A node as it is written into a message. */
public record NodeRef(RuntimeAddress runtime, String name, Optional<String> virtualNode) implements Serializable {

    public NodeRef {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(virtualNode, "virtualNode");
    }
}
