package org.actium.object.api;

import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ProviderType;

/** An active object that is about to be created. Used by one thread, once. */
@ProviderType
public interface Creation<T> {

    /** Where to create it; the default node of this runtime if this is not called. */
    Creation<T> on(Node node);

    /** A name for messages, consoles and thread names; {@code <class>-<number>} if this is not called. */
    Creation<T> named(String name);

    /**
     * Creates it; blocks until its constructor has returned.
     *
     * @return a stub, which is a subtype of the class asked for
     * @throws CreationException if it cannot be created: the message says what rule is broken, the cause what the
     *     constructor threw
     */
    T start();
}
