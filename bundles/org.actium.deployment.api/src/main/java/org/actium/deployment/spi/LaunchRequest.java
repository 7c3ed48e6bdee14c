package org.actium.deployment.spi;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actium.deployment.model.DescriptorElement;
import org.actium.runtime.api.Endpoint;

/**
 * What a launch needs to know.
 *
 * @param runtimeNames what the new runtimes will be called, one each
 * @param parent where they report
 * @param tokens one join token in text form for each runtime: for standard input or a private file, never for an
 * argument, an environment or a log
 * @param lease how long a runtime lives on that has lost the holder of its lease
 * @param leaseHolder whom the runtimes do not outlive, if that is not the parent: they live on without it then
 */
public record LaunchRequest(
        DescriptorElement element,
        List<String> runtimeNames,
        Endpoint parent,
        List<String> tokens,
        Duration lease,
        Optional<Endpoint> leaseHolder) {

    public LaunchRequest {
        Objects.requireNonNull(element, "element");
        runtimeNames = List.copyOf(runtimeNames);
        Objects.requireNonNull(parent, "parent");
        tokens = List.copyOf(tokens);
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(leaseHolder, "leaseHolder");
    }

    /** The parent holds the lease. */
    public LaunchRequest(
            DescriptorElement element,
            List<String> runtimeNames,
            Endpoint parent,
            List<String> tokens,
            Duration lease) {
        this(element, runtimeNames, parent, tokens, lease, Optional.empty());
    }

    /** Leaves the tokens out. */
    @Override
    public String toString() {
        return "launch of " + runtimeNames + " by " + element.elementName();
    }
}
