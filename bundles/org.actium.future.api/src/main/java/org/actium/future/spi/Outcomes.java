package org.actium.future.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What callers do with outcomes beyond waiting for one; offered by the bundle that makes the calls. */
@ProviderType
public interface Outcomes {

    /**
     * Blocks until one of them is known, or the limit, if there is one, has passed.
     *
     * @return whether one is known
     */
    boolean awaitAny(List<PendingOutcome> outcomes, Optional<Duration> limit);
}
