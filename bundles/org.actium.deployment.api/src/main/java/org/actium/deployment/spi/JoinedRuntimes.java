package org.actium.deployment.spi;

import java.time.Duration;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** The runtimes that joined this one by themselves, with a token that belongs to no launch: those a person started. */
@ProviderType
public interface JoinedRuntimes {

    /**
     * Tells the listener of those there are, then of each that comes or goes, until the registration is closed. One
     * call at a time, in order, without a lock held, on a thread it may block.
     */
    Registration watch(Listener listener);

    /**
     * Whoever comes with this token only wants to belong to the domain, as an application that brings its own work does: it is
     * told to nobody.
     *
     * @param validFor how long the token is good
     */
    void guest(String tokenId, Duration validFor);

    /** Hears who comes and goes. */
    @ConsumerType
    interface Listener {

        void arrived(RuntimeAddress runtime);

        /** Its link was lost and did not come back within the lease; if it does later, it arrives again. */
        void departed(RuntimeAddress runtime, String reason);
    }
}
