package org.actium.object.spi;

import java.nio.ByteBuffer;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told by a {@link WaitGraph} of every wait that parks the thread of service of an active object, by that thread, and of
 * what listeners of other runtimes have to say, by the reader of the link. Must not block them, nor call active objects
 * from here.
 */
@ConsumerType
public interface WaitListener {

    /** Before the thread parks. What is waited for may have come already. */
    void begins(Wait wait);

    /** After it, however it ended; once for each {@link #begins}. */
    void ends(Wait wait);

    /** The listener of another runtime sends a message. The buffer is not to be kept. */
    default void told(RuntimeAddress by, ByteBuffer message) {}
}
