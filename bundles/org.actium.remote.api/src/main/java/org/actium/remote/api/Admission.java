package org.actium.remote.api;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** Decides who may connect to this runtime: runtimes of its domain, and holders of a token issued here. */
@ProviderType
public interface Admission {

    /**
     * Makes a token that admits one runtime, once.
     *
     * @param validFor measured on this runtime's clock; must be positive
     */
    JoinToken issue(Duration validFor);

    /** Takes back a token that was not used; does nothing if it was, or is unknown. */
    void revoke(JoinToken token);
}
