package org.actium.codec.api;

import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ProviderType;

/** Names class loaders so that two runtimes mean the same classes. */
@ProviderType
public interface ClassSpaces {

    /** The space that defines the class. */
    ClassSpace spaceOf(Class<?> type);

    /**
     * The loader of that space. A space that is not here yet is fetched from the origin, with what it needs, installed
     * and resolved; this blocks until it is there.
     *
     * @throws CodecException if neither this runtime nor the origin has it, or it does not resolve here; says which
     */
    ClassLoader loader(ClassSpace space, RuntimeAddress origin);
}
