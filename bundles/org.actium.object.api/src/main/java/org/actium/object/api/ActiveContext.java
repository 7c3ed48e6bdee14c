package org.actium.object.api;

import org.actium.future.api.Futures;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
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

    /** From now on tells the listener which one-way calls of this object failed, and which ones it made were lost. */
    Registration onFailure(FailureListener listener);

    /**
     * With which it waits for futures and asks to be called back.
     *
     * @throws IllegalStateException if its runtime has no bundle that offers futures
     */
    Futures futures();

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
