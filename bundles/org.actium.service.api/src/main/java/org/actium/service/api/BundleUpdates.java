package org.actium.service.api;

import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/** Changes of bundles in this container, with a look beforehand at what they would touch. */
@ProviderType
public interface BundleUpdates {

    /**
     * What an update of the bundle would restart, and what lives on that. Changes nothing.
     *
     * @param bundle symbolic name, or number
     * @throws IllegalArgumentException if there is no such bundle
     */
    BundleImpact preview(String bundle);

    /**
     * Replaces the bundle by the content of the stream, and has all that depends on it use the new one. Blocks until that
     * is done; closes the stream.
     *
     * @param force also if active objects would be lost, which live on with the classes of before and cannot be found
     * @return what was touched
     * @throws IllegalStateException if active objects would be lost; nothing has happened then
     */
    BundleImpact update(String bundle, InputStream content, boolean force);
}
