package org.actium.provision.api;

import java.nio.file.Path;
import java.util.Set;
import org.actium.runtime.api.RuntimeId;
import org.osgi.annotation.versioning.ConsumerType;

/** Updates bundles of this runtime to what came from another one, with care for what lives on them. */
@ConsumerType
public interface BundleReplacer {

    /**
     * Those who deployed nodes here that have technical services of the bundle, or active objects of its classes.
     *
     * @param bundle number of the bundle
     * @return this runtime among them if it deployed one
     */
    Set<RuntimeId> users(long bundle);

    /**
     * Blocks until all that depends on the bundle uses the new one.
     *
     * @param bundle number of the bundle
     * @param origin who brings it: the nodes of others do not lose what they use
     * @param force also if active objects would be lost
     * @throws IllegalStateException if it would lose active objects, or others use it, which may have ended later; nothing
     *     has happened then
     * @throws RuntimeException if it cannot be done; the bundle is as before then
     */
    void replace(long bundle, Path jar, RuntimeId origin, boolean force);

    /** Runs the action while no bundle of this runtime is being changed: waits for the end of a change. */
    void alone(Runnable action);
}
