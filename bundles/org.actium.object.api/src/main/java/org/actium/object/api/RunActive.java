package org.actium.object.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Implemented by classes that decide themselves which requests they serve and when; others are served oldest first. */
@ConsumerType
public interface RunActive {

    /**
     * Runs on the thread of service, after {@code initActivity}, and serves through {@link ActiveContext#service()}.
     * The object ends when this returns; an exception ends it too, and its callers get a description of it as the
     * cause. Once the end was ordered, whatever would serve throws a {@link BodyTerminatedException}: let it pass.
     *
     * <p>Runs again, from its beginning, where an object goes on after it was moved or restored.
     */
    void runActivity(ActiveContext context);
}
