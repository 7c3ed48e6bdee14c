package org.actium.object.spi;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.osgi.annotation.versioning.ConsumerType;

/** Offered as a service by bundles that have something for active objects, which ask with {@code ActiveContext.facility}. */
@ConsumerType
public interface Facilities {

    /**
     * Called on a thread of the active object; must not block.
     *
     * @param bodyType class of the object that asks
     * @return empty if this bundle does not offer that; others are asked then
     */
    <T> Optional<T> facility(Class<T> type, BodyId body, Class<?> bodyType);
}
