package org.actium.tagging.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Values that one active object keeps for one tag. Forgotten when the object ends, or when the lease has passed without
 * a use: a call of these methods, or a request with the tag that this object serves. Any thread.
 */
@ProviderType
public interface TagMemory {

    /** Empty if nothing was put there, or what was has been forgotten. */
    Optional<Object> get(String key);

    /** @param value kept as it is, not copied */
    void put(String key, Object value);

    void remove(String key);
}
