package org.actium.remote.core;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;

/**
 * What the links of a runtime have in common.
 *
 * @param self name of this runtime, for messages
 * @param gone told first when a link ends
 * @param interrupted told when an open link has lost its connection
 * @param woken told when a link that rests needs a connection
 * @param reachable whether this side could dial for another connection of the link; blocks
 */
record LinkContext(
        String self,
        Time time,
        Threads threads,
        LinkSettings settings,
        Heartbeats heartbeats,
        FrameHandlers handlers,
        LinkListeners listeners,
        Consumer<RuntimeLink> gone,
        Consumer<RuntimeLink> interrupted,
        Consumer<RuntimeLink> woken,
        Predicate<RuntimeLink> reachable) {}
