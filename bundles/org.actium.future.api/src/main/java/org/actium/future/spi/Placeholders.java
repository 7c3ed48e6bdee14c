package org.actium.future.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Stand-ins for results that are still to come. Without this service every call is synchronous. */
@ProviderType
public interface Placeholders {

    /** The rule that keeps results of this type from being stood in for; empty if none does. */
    Optional<String> obstacle(Class<?> type);

    /** A subtype of the type whose every method first waits for the outcome and then goes to the value. */
    <T> T placeholder(Class<T> type, PendingOutcome outcome);

    /** The outcome behind a placeholder; empty for everything else. */
    Optional<PendingOutcome> outcome(Object candidate);
}
