package org.actium.provision.api;

import java.nio.file.Path;
import org.actium.runtime.api.RuntimeId;
import org.osgi.annotation.versioning.ConsumerType;

/** Updates bundles of this runtime to what came from another one, with care for what lives on them. */
@ConsumerType
public interface BundleReplacer {

    /**
     * Whether there are active objects of its classes here, or technical services of it on nodes which that runtime deployed.
     *
     * @param bundle number of the bundle
     */
    boolean isUsed(long bundle, RuntimeId deployer);

    /**
     * Blocks until all that depends on the bundle uses the new one.
     *
     * @param bundle number of the bundle
     * @param force also if active objects would be lost
     * @throws RuntimeException if it cannot be done, or would lose active objects; the bundle is as before then
     */
    void replace(long bundle, Path jar, boolean force);
}
