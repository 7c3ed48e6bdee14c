package org.actium.debug.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One active object, as a {@link Debugger} reaches it. It stops between requests: the next one is out of its queue and
 * not begun. Until it goes on its queue fills, its immediate methods are served, and what is ordered waits, its end too.
 *
 * <p>Each method blocks for a round trip if the object is elsewhere, and throws an {@link IllegalStateException} if the
 * object cannot be stopped or has ended, or a {@link org.actium.remote.api.RemotingException} if its runtime has no
 * debugger or cannot be reached.
 */
@ProviderType
public interface DebuggedObject {

    /** Has it stop before the next request that it would begin; returns before it does. */
    void pause();

    /**
     * Has it stop whenever it is about to serve a method of this name.
     *
     * @throws IllegalArgumentException if its class has no such method; the message lists those it has
     */
    void stopBefore(String method);

    /**
     * Has it serve the request before which it stands, and stop before the next one. That may be one that it serves
     * within the first.
     *
     * @throws IllegalStateException also if it does not stand
     */
    void step();

    /** Lets it go on, as far as the next method before which it is to stop. */
    void resume();

    /** Lets it go on, and forgets before which methods it was to stop. */
    void release();

    /** Where it stands; empty if it does not. */
    Optional<Stop> stop();
}
