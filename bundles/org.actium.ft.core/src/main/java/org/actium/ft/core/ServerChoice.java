package org.actium.ft.core;

import java.util.Optional;
import org.actium.runtime.api.RuntimeAddress;

/**
 * Which server of fault tolerance an application has. All its containers have the same one, since objects are found and
 * callers are told apart through it: each asks the container that deployed it, and the first of these decides.
 */
interface ServerChoice {

    String NAME = "ft.choice";

    /**
     * Decides, if that was not done before.
     *
     * @param named URL of the one that is wanted; empty if any is
     * @throws IllegalStateException if another one was chosen before, or it cannot be used; with the reason
     */
    RuntimeAddress server(Optional<String> named);

    /**
     * Where it is now, as far as that can be told; a restarted one may be reached by this container and not by others. Decides
     * nothing: empty if none was chosen here.
     */
    Optional<RuntimeAddress> now();

    /** Of which run all these containers are: the identity of the one that decides. */
    String run();
}
