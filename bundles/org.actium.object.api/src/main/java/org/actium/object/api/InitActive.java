package org.actium.object.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Implemented by classes that want to act once, as an active object, before their first request is served. */
@ConsumerType
public interface InitActive {

    /**
     * Runs on the thread of service when the constructor has returned; whoever created the object does not wait for it.
     * An exception ends the object; its callers get a {@link BodyTerminatedException}, with a description of it as the
     * cause.
     */
    void initActivity(ActiveContext context);
}
