package org.actium.object.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Implemented by classes that want to act once more when they have ended. */
@ConsumerType
public interface EndActive {

    /**
     * Runs on the thread of service, after the last request; whatever was still queued has been answered with a
     * {@link BodyTerminatedException}. Not called if the object has an {@code initActivity} that did not
     * return: it failed, or the end was ordered before. An exception is logged.
     */
    void endActivity(ActiveContext context);
}
