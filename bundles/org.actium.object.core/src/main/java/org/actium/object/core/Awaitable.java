package org.actium.object.core;

import java.util.List;
import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.object.spi.Wait;

/** Something a thread can wait for. Whoever makes it {@link #isThere} unparks those who wait. */
interface Awaitable {

    boolean isThere();

    Wait.Kind kind();

    /** Who can make it be there, as far as that is known. */
    List<BodyId> producers();

    /** For messages. */
    String what();

    /** Of the future that is waited for, if it is one. */
    default Optional<FutureId> futureId() {
        return Optional.empty();
    }

    /** What has to happen before it is there, as far as that can be said. */
    default Need need(Needs needs) {
        return Need.NONE;
    }

    /** Somebody begins to wait: what was to leave soon for it leaves now. */
    default void hasten() {}

    /** A thread of the system waits: it may bring it here itself if that is quickly done. Nothing is promised. */
    default void fetch() {}

    /** Whether an interrupt ends the wait; if not it is kept for later. */
    default boolean interruptible() {
        return true;
    }
}
