package org.actium.service.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.osgi.annotation.versioning.ProviderType;

/** The technical services installed on this runtime. */
@ProviderType
public interface TechnicalServices {

    /** What is installed now, in order of id. */
    List<ServiceOffer> offers();

    /**
     * The installed service that answers to this id or class name. If there is none, while bundles are {@link #changing},
     * blocks until they have changed.
     */
    Optional<ServiceOffer> offer(String service);

    /**
     * Symbolic name of an installed bundle that offers this id with {@link Offer}, but is not started, so that nobody
     * provides it yet.
     */
    Optional<String> stopped(String service);

    /**
     * Until the result is closed, bundles of technical services are replaced: who asks for a service that is missing, or
     * applies one and fails, waits until then and tries once more. To be called by who replaces them.
     */
    Registration changing();

    /** How many such changes have ended. */
    long changes();

    /**
     * Whether any has ended since, so that what was found out before may be otherwise now. Blocks while one is under way.
     *
     * @param changes what {@link #changes()} was then
     */
    boolean changedSince(long changes);

    /**
     * Whether these services go together on one node, and in which order. One that is not installed here has no rules,
     * and answers to what is asked for.
     */
    Combination combine(List<ServiceUse> services);

    /**
     * Applies the services to a node of this runtime, in the order in which they go together, also with what the node
     * has already, which is left alone. Either all are applied, or none: if one fails, those before it are removed again,
     * last first. Blocks while the services do their work, and if they fail, while bundles are {@link #changing}.
     *
     * @param group nodes of one group share an instance of each service; a deployment has one {@link ServiceGroup} for each
     *     of its virtual nodes
     * @throws TechnicalServiceException if one is not installed or fails, or they do not go together; names the service,
     *     the node and why
     */
    void apply(Node node, String group, List<ServiceUse> services);

    /** What the node has, in order of application. */
    List<ServiceUse> applied(Node node);

    /** The groups for which the node has this, or would have it if its bundle were there. */
    Set<String> groups(Node node, ServiceUse use);

    /**
     * What the node lacks at present, by group, because the bundle of a service has gone, or of one that it requires. It is
     * applied again once that is possible, unless somebody removes it.
     */
    Map<String, List<ServiceUse>> withdrawn(Node node);

    /** The groups of which the node is: those for which somebody has applied services to it, be it none. */
    Set<String> groups(Node node);

    /**
     * Runs the action whenever what nodes lack may be otherwise, or bundles have changed; while they are {@link #changing},
     * only at the end. On the thread of whoever changes something, with no lock held: it must not block.
     */
    Registration whenChanged(Runnable action);

    /**
     * Removes one service from the node, and leaves the others.
     *
     * @param use its id in the descriptor, or in the command that applied it
     * @throws TechnicalServiceException if the node has no such service, or another one there requires it
     */
    void remove(Node node, String use);

    /** Removes from the node what was applied to it, last first. A failure is logged and does not stop the others. */
    void remove(Node node);
}
