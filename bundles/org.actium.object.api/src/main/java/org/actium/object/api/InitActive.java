package org.actium.object.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Implemented by classes that want to act once, as an active object, before their first request is served. */
@ConsumerType
public interface InitActive {

    /** Runs on the thread of service. An exception ends the object; its callers get it as the cause. */
    void initActivity(ActiveContext context);
}
