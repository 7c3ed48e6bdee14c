package org.actium.provision.api;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Updates bundles of this runtime to what came from another one, with care for what lives on them. */
@ConsumerType
public interface BundleReplacer {

    /**
     * Blocks until all that depends on the bundle uses the new one.
     *
     * @param bundle number of the bundle
     * @param force also if active objects would be lost
     * @throws RuntimeException if it cannot be done, or would lose active objects; the bundle is as before then
     */
    void replace(long bundle, Path jar, boolean force);
}
