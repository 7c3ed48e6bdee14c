package org.actium.deployment.spi;

import java.util.List;
import org.actium.deployment.model.DescriptorElement;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Starts runtimes through one technology.
 *
 * <p>Implementations keep no state between calls; launches may run concurrently. The caller owns the returned job and
 * closes it, which stops every runtime the job started.
 */
@ConsumerType
public interface DeploymentProtocol {

    /** Service property: what the protocol is called in plans and messages, for example {@code local}. Required. */
    String NAME = "actium.deployment.protocol";

    /** Whether this protocol starts what the element describes. */
    boolean starts(DescriptorElement element);

    /** How many runtimes one launch of this element starts. */
    int runtimes(DescriptorElement element);

    /** The command a launch would run, one list element to an argument; contains no secret. For plans. */
    List<String> command(LaunchRequest request);

    /**
     * Starts the runtimes; returns as soon as they are on their way. They join later, with the tokens of the request.
     *
     * @throws LaunchRejectedException if the technology refuses; do not retry unchanged
     */
    Job launch(LaunchRequest request);
}
