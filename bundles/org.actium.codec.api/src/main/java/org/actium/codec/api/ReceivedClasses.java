package org.actium.codec.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What the other end of a link has said of classes. One for each link; made by {@link Codec#receivedClasses}. Safe for use
 * by many threads. Keeps no class alive: each message looks the names up in its own scope.
 */
@ProviderType
public interface ReceivedClasses {

    /** The messages of this link describe their classes themselves. */
    ReceivedClasses NONE = (number, description) -> {
        throw new CodecException("class " + number + " is described to somebody who keeps no descriptions");
    };

    /**
     * Takes note of a description. Loads nothing, and does not block.
     *
     * @throws CodecException if it is damaged, or there are more than a link may have
     */
    void learn(int number, byte[] description);
}
