package org.actium.remote.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of links. Called without a lock held, on a virtual thread, for each link in order; that a link has a successor may
 * be heard before that it is closed.
 */
@ConsumerType
public interface LinkListener {

    /**
     * @param tokenId the join token the other side came with; empty if it belonged to the domain already, and on the
     *     side that joined
     */
    default void opened(Link link, Optional<String> tokenId) {}

    /** @param reason for the operator: closed by whom, or what failed */
    default void closed(Link link, String reason) {}

    /**
     * Whether this listener has to hear when the other side dies. A link that nobody needs on either side loses its connection
     * after some minutes without use, and gets it back with the next frame; meanwhile nobody hears that the other side is gone.
     * Asked now and then, on any thread; must not block.
     */
    default boolean needs(Link link) {
        return false;
    }
}
