package org.actium.deployment.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An activated descriptor. Any thread may call any method. */
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

    /** Runtimes it started or acquired, with what became of each. */
    List<RuntimeStatus> runtimes();

    /**
     * Ends its active objects, removes its technical services, stops the runtimes it started, gives back those it
     * acquired. Blocks until no process of it is left; doing it twice does nothing more.
     */
    void undeploy();
}
