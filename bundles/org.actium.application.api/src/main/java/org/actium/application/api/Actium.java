package org.actium.application.api;

import java.util.Map;
import java.util.Optional;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.VirtualNode;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.Creation;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way into Actium for a plain {@code main}.
 *
 * <p>An application is a bundle with the header {@code Actium-Application: <name>;main=<class>;descriptor=<resource>}
 * (the annotation {@link ActiumApplication} writes it). {@code actium run <name>} deploys the descriptor and calls
 * {@code main}; while it runs, {@link #here()} works in it.
 */
@ProviderType
public interface Actium {

    /**
     * The Actium that called this {@code main}. Threads the application starts do not inherit it: pass it on.
     *
     * @throws IllegalStateException if this thread was not called by Actium
     */
    static Actium here() {
        return CurrentActium.require();
    }

    ActiveObjects objects();

    Futures futures();

    /** The deployment made for this run, if the application has a descriptor. */
    Optional<Deployment> deployment();

    /** A virtual node of the descriptor; ready, so this may block as {@link VirtualNode#waitReady()}. */
    VirtualNode virtualNode(String name);

    /** Values given as {@code --arg name=value}. For one that cannot be used, throw {@link UnusableOptionException}. */
    Map<String, String> options();

    /**
     * Something else that this runtime offers: names, exported objects.
     *
     * @throws IllegalStateException if no bundle offers it
     */
    <T> T facility(Class<T> type);

    /** Short for {@code objects().newActive(type, arguments)}. */
    default <T> Creation<T> newActive(Class<T> type, Object... arguments) {
        return objects().newActive(type, arguments);
    }
}
