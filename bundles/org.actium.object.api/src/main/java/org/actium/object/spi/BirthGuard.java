package org.actium.object.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Says of which classes no active object may begin at present. Must not block. */
@ConsumerType
@FunctionalInterface
public interface BirthGuard {

    /**
     * Called on the thread that creates an object of this runtime, after it is among those that are listed and before its
     * constructor runs. Whoever first refuses a class and then looks at the list therefore sees every object of it that
     * there will be.
     *
     * @throws org.actium.object.api.CreationException why it may not begin; it ends then, and reaches its creator as this
     */
    void admit(Class<?> type);
}
