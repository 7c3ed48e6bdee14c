package org.actium.service.api;

import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/** Changes of bundles in this container, with a look beforehand at what they would touch. */
@ProviderType
public interface BundleUpdates {

    /**
     * Installs a bundle that is not there yet, and starts it. Closes the stream.
     *
     * @return its symbolic name
     * @throws IllegalArgumentException if that is no bundle, or it cannot be started; it is not installed then
     * @throws IllegalStateException if there is a bundle of that symbolic name, which could be updated
     */
    String install(InputStream content);

    /** Whether there is such a bundle. @param bundle symbolic name, or number */
    boolean isInstalled(String bundle);

    /**
     * Starts the bundle, if it has not started yet.
     *
     * @throws IllegalArgumentException if there is no such bundle, or it cannot be started
     */
    void start(String bundle);

    /**
     * Stops the bundle: its technical services are removed from all nodes until it starts again.
     *
     * @param force also if there are active objects whose classes come from it or from what depends on it
     * @return what it touches, as {@link #preview}
     * @throws IllegalArgumentException if there is no such bundle, or it cannot be stopped
     * @throws IllegalStateException if there are such objects; nothing has happened then
     */
    BundleImpact stop(String bundle, boolean force);

    /**
     * Uninstalls the bundle, and has all that depends on it do without. Blocks until that is done.
     *
     * @param force as for an update
     * @return what was touched
     * @throws IllegalArgumentException if there is no such bundle, or it cannot be uninstalled
     * @throws IllegalStateException if active objects would be lost; nothing has happened then
     */
    BundleImpact uninstall(String bundle, boolean force);

    /**
     * What an update of the bundle would restart, here and on the runtimes that would get it, and what lives on that.
     * Changes nothing.
     *
     * @param bundle symbolic name, or number
     * @throws IllegalArgumentException if there is no such bundle
     * @throws IllegalStateException if one of these runtimes does not answer
     */
    BundleImpact preview(String bundle);

    /**
     * Replaces the bundle by the content of the stream, and has all that depends on it use the new one: here, and on the
     * runtimes on which nodes of deployments of this one have technical services of it. Blocks until that is done; closes
     * the stream. Either all of them have the new one then, or all that of before; where that was not possible, the message
     * says it.
     *
     * @param force also if active objects would be lost, which live on with the classes of before and cannot be found
     * @return what was touched
     * @throws IllegalArgumentException if there is no such bundle, or that is no bundle or another one; or if the new one
     *     cannot be resolved or started, or a node that had a technical service of it cannot have that again
     * @throws IllegalStateException if active objects would be lost, or a runtime does not answer; nothing has happened
     *     then
     */
    BundleImpact update(String bundle, InputStream content, boolean force);
}
