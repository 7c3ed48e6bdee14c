package org.actium.provision.api;

import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ProviderType;

/** Brings bundles of this runtime to others. */
@ProviderType
public interface Provisioner {

    /**
     * Makes sure that a bundle which is installed here is installed and started there, with all it is wired to. Blocks
     * until it is; does nothing if it is there already.
     *
     * @param bundle symbolic name
     * @throws ProvisionException if this runtime cannot give the bundle, or the other cannot use it; nothing of it
     *     remains installed there then
     */
    void ensure(RuntimeAddress target, String bundle, String version);
}
