package org.actium.ft.api;

import org.osgi.annotation.versioning.ProviderType;

/** Fault tolerance of the objects whose server is this container. */
@ProviderType
public interface Recovery {

    /**
     * Blocks until the store has answered. Nothing is there until a node has asked for the server.
     *
     * @throws IllegalStateException if the store does not work; try again
     */
    RecoveryStatus status();
}
