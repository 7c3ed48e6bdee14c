package org.actium.provision.api;

import org.osgi.annotation.versioning.ProviderType;

/** What this runtime has given to others and got from them. */
@ProviderType
public interface Shipments {

    /** Since it started. */
    Traffic traffic();
}
