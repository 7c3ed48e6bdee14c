package org.actium.provision.api;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Makes bundles of jars that are none. */
@ProviderType
public interface JarWrapper {

    /**
     * The jar itself if it is a bundle; otherwise a bundle made of it and of the jars that its manifest names in
     * {@code Class-Path}. A directory of classes is taken for a jar of what is in it. The same contents under the same file name always give the same bundle, which is made once and
     * kept; other contents give a bundle of another version, so that both can be installed.
     *
     * @throws ProvisionException if the file cannot be read, or is neither a jar nor a directory
     */
    Path bundleOf(Path jar);
}
