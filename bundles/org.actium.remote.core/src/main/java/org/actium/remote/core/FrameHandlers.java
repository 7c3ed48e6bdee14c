package org.actium.remote.core;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.runtime.api.Registration;

/** Who handles the frames of each channel. */
final class FrameHandlers {

    private static final int CHANNELS = Channel.values().length;

    private final AtomicReferenceArray<FrameHandler> handlers = new AtomicReferenceArray<>(CHANNELS);

    Registration set(Channel channel, FrameHandler handler) {
        if (channel == Channel.LINK) {
            throw new IllegalArgumentException("the links themselves handle channel LINK");
        }
        if (!handlers.compareAndSet(channel.ordinal(), null, handler)) {
            throw new IllegalStateException("channel " + channel + " has a handler already");
        }
        return () -> handlers.compareAndSet(channel.ordinal(), handler, null);
    }

    /** @param channel position in {@link Channel}, as it is on the wire */
    Optional<FrameHandler> get(int channel) {
        return channel < 0 || channel >= CHANNELS ? Optional.empty() : Optional.ofNullable(handlers.get(channel));
    }
}
