package org.actium.deployment.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actium.runtime.api.Registration;
import org.osgi.annotation.versioning.ProviderType;

/** A descriptor that is activated, wholly or in part. Any thread may call any method. */
@ProviderType
public interface Deployment {

    /** Unique in its runtime, short, for example {@code d1}. */
    String id();

    /** Name of the descriptor. */
    String source();

    DeploymentState state();

    /** Why it failed, if it did. */
    Optional<String> failure();

    Instant started();

    Plan plan();

    /** In the order of the descriptor. */
    List<VirtualNode> virtualNodes();

    /** @throws DeploymentException if the descriptor has no virtual node of that name; names those it has */
    VirtualNode virtualNode(String name);

    /**
     * Starts what these virtual nodes are mapped to, as far as it does not run already for others of this deployment; all
     * of them if none is named. Those that are activated stay as they are. Returns when every launch is on its way.
     *
     * @throws DeploymentException if there is no virtual node of such a name, or it is undeployed; nothing was started
     */
    void activate(String... virtualNodes);

    /**
     * Tells the listener everything that has happened so far and then what happens, in order and each event once, on a
     * thread of its own. A listener that takes its time delays nobody else.
     *
     * @return to hear no more; at most one event is still told then
     */
    Registration listen(DeploymentListener listener);

    /** What has happened so far, oldest first. */
    List<DeploymentEvent> events();

    /** Runtimes it started or acquired, with what became of each. */
    List<RuntimeStatus> runtimes();

    /**
     * Ends its active objects, removes its technical services, stops the runtimes it started, gives back those it
     * acquired. Blocks until no process of it is left; doing it twice does nothing more.
     */
    void undeploy();
}
