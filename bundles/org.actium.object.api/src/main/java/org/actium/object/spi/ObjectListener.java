package org.actium.object.spi;

import org.actium.object.api.BodyId;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of the active objects of this runtime. Must not block; an exception is logged. */
@ConsumerType
@FunctionalInterface
public interface ObjectListener {

    /** It serves nothing any more. Called on its thread of service. */
    void ended(BodyId id);
}
