package org.actium.object.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told of every wait that parks the thread of service of an active object. Offered as a service, at most one for each
 * runtime; while there is none, waits cost nothing extra.
 *
 * <p>Called by the thread that waits, which it must not block and which must not call active objects from here.
 */
@ConsumerType
public interface WaitListener {

    /** Before the thread parks. What is waited for may have come already. */
    void begins(Wait wait);

    /** After it, however it ended; once for each {@link #begins}. */
    void ends(Wait wait);
}
