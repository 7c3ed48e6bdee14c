package org.actium.service.api;

import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes of bundles in this container, with a look beforehand at what they would touch. Something is lost by a change if an
 * active object would be, or a deployment would be undeployed, or technical services would leave a node for good. Unless it is
 * forced, no active object of the classes that go begins during a change; whoever creates one gets a
 * {@link org.actium.object.api.CreationException}.
 *
 * <p>A bundle is given by its symbolic name, or by its number if there are several versions of it.
 */
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

    /**
     * What a jar is called as a bundle. Closes the stream.
     *
     * @throws IllegalArgumentException if it is no bundle
     */
    String symbolicName(InputStream content);

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
     * @param force also if something would be lost by an update
     * @return what it touches
     * @throws IllegalArgumentException if there is no such bundle, or it cannot be stopped
     * @throws IllegalStateException if something would be lost; nothing has happened then
     */
    BundleImpact stop(String bundle, boolean force);

    /**
     * Uninstalls the bundle, and has all that depends on it do without. Blocks until that is done.
     *
     * @param force as for an update
     * @return what was touched
     * @throws IllegalArgumentException if there is no such bundle, or it cannot be uninstalled
     * @throws IllegalStateException if something would be lost; nothing has happened then
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
     * @param force also if something would be lost; active objects of its classes live on with the classes of before and
     *     cannot be found
     * @return what was touched
     * @throws IllegalArgumentException if there is no such bundle, or that is no bundle or another one; or if the new one
     *     cannot be resolved or started, if it or what depends on it does not find a service it needs any more, or if a
     *     node that had a technical service of any of them cannot have that again
     * @throws IllegalStateException if something would be lost, or a runtime does not answer, or nodes that other runtimes
     *     deployed use the bundle, which no force overrules; the same may be possible later. Nothing has happened then, or if
     *     it turned out on the way, all have that of before, as above
     */
    BundleImpact update(String bundle, InputStream content, boolean force);
}
