package org.actium.object.spi;

import java.util.List;
import org.actium.object.api.BodyId;
import org.osgi.annotation.versioning.ProviderType;

/** A thread of service that waits; the same object from the beginning of the wait to its end. Any thread may ask it. */
@ProviderType
public interface Wait {

    /** What is waited for. */
    enum Kind {
        /** One future, or the result of a synchronous call. */
        FUTURE,
        /** Whichever of several futures comes first. */
        ANY_FUTURE,
        /** That what was sent to one object is in its queue, before something is sent to another. */
        ACKNOWLEDGEMENT,
        /** Room in a queue. */
        ROOM
    }

    Kind kind();

    /** The active object that waits. */
    BodyId waiting();

    /** Its name. */
    String name();

    /** The method it serves, for example {@code Counter.add}; empty if it serves none. */
    String serving();

    /** The active objects that can end the wait; those that are not known are left out. */
    List<BodyId> producers();

    /** For messages: {@code Counter.value on counter-3}. */
    String what();

    /** The identity of the future that is waited for, the same for all who hold it; empty if there is none, as for room. */
    String future();

    /**
     * What has to happen before it ends. {@link Need#NONE} also if it has ended, and for waits for any of several futures:
     * which of them it needs cannot be said.
     */
    Need need();

    /** Where the thread waits, the innermost call first; where it is now, if the wait has ended. */
    StackTraceElement[] stack();

    /** Whether it ends by itself. */
    boolean timed();

    /**
     * Ends the wait: the waiting thread throws this exception. Waits for acknowledgements do not end so, because order
     * must hold.
     *
     * @return whether it will; not if it has ended, or has been ended so before
     */
    boolean fail(RuntimeException cause);

    /** Whether {@link #fail} could end it. */
    boolean canFail();
}
