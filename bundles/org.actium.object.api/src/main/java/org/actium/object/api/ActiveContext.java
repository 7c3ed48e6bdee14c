package org.actium.object.api;

import java.util.Optional;
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

    /**
     * The request that this thread serves for the object; empty between requests, in {@code initActivity} and the like,
     * and on threads that serve nothing. An immediate service sees its own.
     */
    Optional<ReceivedRequest> request();

    /**
     * A stub of the active object that sent the request being served, to call it back; empty if a thread sent it that
     * serves no active object, or no request is served.
     *
     * @param type what the caller is taken for; whether it is, shows at the first call
     */
    <T> Optional<T> caller(Class<T> type);

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
     * What the runtime of this object offers to active objects under that type: names, tags, whatever its bundles bring,
     * or a service that the bundle of the object sees in the OSGi registry. Ask again rather than keep it: bundles come
     * and go.
     *
     * @throws IllegalStateException if nothing of that type is offered
     */
    <T> T facility(Class<T> type);

    /**
     * The context of the active object that this thread serves; empty on every other thread, those that an active object
     * starts included.
     */
    static Optional<ActiveContext> find() {
        return CurrentContext.get();
    }

    /**
     * The context of the active object whose thread of service this is.
     *
     * @throws IllegalStateException if this is not the thread of an active object
     */
    static ActiveContext current() {
        return CurrentContext.require();
    }
}
