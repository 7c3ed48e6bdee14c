package org.actium.object.api;

import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ProviderType;

/** An active object that is about to be created. Used by one thread, once. */
@ProviderType
public interface Creation<T> {

    /** Where to create it; the default node of this runtime if this is not called. */
    Creation<T> on(Node node);

    /**
     * A name for messages and consoles, and for its thread while it serves; {@code <class>-<number>} if this is not called,
     * and then its thread has no name: to name one takes as long as to serve a short request.
     */
    Creation<T> named(String name);

    /**
     * Of which type its stubs are, here and wherever they go; its own class if this is not called. With this, objects
     * of final classes and records can be active.
     *
     * @param type an interface it implements, or a class it extends
     */
    <S> Creation<S> as(Class<S> type);

    /**
     * What acts for it: the parts of {@link InitActive}, {@link RunActive} and {@link EndActive} that this object has
     * go before those of the class itself. Copied like an argument; its class comes from the bundle of the active
     * object.
     *
     * @param activity of a class that implements at least one of them
     * @throws IllegalArgumentException if it implements none
     */
    Creation<T> activity(Object activity);

    /**
     * Creates it; blocks until its constructor has returned.
     *
     * @return a stub, which is a subtype of the type asked for
     * @throws CreationException if it cannot be created: the message says what rule is broken, the cause what the
     *     constructor threw
     * @throws RequestNotSentException if the runtime of the node cannot be reached: nothing was created
     * @throws OutcomeUnknownException if it was lost meanwhile: the object may have been created
     */
    T start();
}
