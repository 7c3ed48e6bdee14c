package org.actium.provision.api;

import java.nio.file.Path;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ProviderType;

/** Brings bundles of this runtime to others. */
@ProviderType
public interface Provisioner {

    /**
     * Makes sure that a bundle which is installed here is installed and started there, with all it is wired to. Blocks
     * until it is; does nothing if it is there already.
     *
     * <p>What the other runtime has from this one, and what it has of a bundle that was updated here, is replaced there if
     * it is not the same: content counts, known by its SHA-256, not the version. Not if active objects would be lost by
     * that.
     *
     * @param bundle symbolic name
     * @throws ProvisionException if this runtime cannot give the bundle, or the other cannot use it; nothing of it
     *     remains installed there then, and what was to be replaced is there as before
     * @throws RefusedForNowException if that is so only as things are there at present
     */
    void ensure(RuntimeAddress target, String bundle, String version);

    /**
     * As {@link #ensure}, after the bundle was updated here.
     *
     * @param force also if active objects would be lost
     */
    void renew(RuntimeAddress target, String bundle, String version, boolean force);

    /**
     * What others get of a bundle that is installed here. The file is not deleted or changed by this runtime as long as it
     * runs.
     *
     * @throws ProvisionException if it is not installed here, or cannot be read again
     */
    Path jar(String bundle, String version);
}
