package org.actium.object.api;

import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ProviderType;

/** What an active object knows of itself while it runs. */
@ProviderType
public interface ActiveContext {

    BodyId id();

    String name();

    /** The node it is on. */
    Node node();

    /**
     * A stub of this object, to be handed to others. Calls through it are queued behind what is being served; waiting
     * for the result of one would wait for ever and is refused with an {@link IllegalStateException}.
     */
    <T> T self(Class<T> type);

    /** With which it chooses what to serve; only on its thread of service. */
    Service service();

    /** With which it creates and ends other active objects. */
    ActiveObjects objects();

    /**
     * The context of the active object whose thread of service this is.
     *
     * @throws IllegalStateException if this is not the thread of an active object
     */
    static ActiveContext current() {
        return CurrentContext.require();
    }
}
