package org.actium.object.spi;

import org.actium.object.api.BodyId;
import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries the calls that recoverable objects make or serve: active objects that go on elsewhere when their runtime is lost.
 * Such a call does not go over the link between two runtimes, nor straight into an inbox, but is handed over here as bytes,
 * and comes out at {@link RecoverableBodies} of whatever runtime serves it. Offered by fault tolerance, for any threads.
 */
@ConsumerType
public interface Delivery {

    /** Whether objects are to be recoverable that are created on that node from now on. */
    boolean recovers(Node node);

    /**
     * An object has been constructed on such a node. That instance is thrown away: copies are made of the state, the first
     * one here. Blocks until the state is safe.
     *
     * @param state as {@link RecoverableBody#state} gives it
     * @throws RuntimeException if there is to be no object, and says why
     */
    void created(BodyId object, Node node, byte[] state);

    /** Where somebody sends from who is not recoverable; the same one whenever it is asked for. */
    Mailbox mailbox(SenderId sender);
}
