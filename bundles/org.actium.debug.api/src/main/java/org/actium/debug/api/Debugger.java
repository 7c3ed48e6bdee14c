package org.actium.debug.api;

import java.util.List;
import org.actium.object.api.BodyId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stops active objects between requests, here and on other runtimes. Any thread, also one that serves an active object,
 * which must not be the one that is stopped.
 *
 * <p>Objects can be stopped if the property {@link #NODE_PROPERTY} of their node was {@code true} when they were
 * created; others pay nothing for it.
 */
@ProviderType
public interface Debugger {

    /** Property of a node: {@code true} if the objects that are created there from then on can be stopped. */
    String NODE_PROPERTY = "actium.debug";

    /**
     * The active object behind a stub. Nothing is sent: whether it can be stopped shows at the first order.
     *
     * @throws IllegalArgumentException if the argument is not a stub
     */
    DebuggedObject of(Object stub);

    /**
     * The active object with that identity.
     *
     * @throws IllegalArgumentException if this runtime has no link to the one of that object
     */
    DebuggedObject withId(BodyId id);

    /**
     * The objects that stand still, of this runtime and of all it is linked to. Blocks for a round trip to each; one
     * that has no debugger, or is lost meanwhile, is left out and logged.
     */
    List<Stop> stops();
}
