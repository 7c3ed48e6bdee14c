package org.actium.simulation.network;

import java.time.Duration;
import java.util.Objects;

/**
 * What holds between hosts unless a fault changes it.
 *
 * @param windowBytes so much can be on its way on a connection, unread by the other side, before senders block
 * @param breakAfter a connection breaks when what was sent on it has not arrived for so long; an operating system takes
 *     some 15 minutes, and nobody else tells a sender that its peer has vanished
 */
public record NetworkConditions(LinkQuality quality, int windowBytes, Duration breakAfter) {

    public static final NetworkConditions LAN =
            new NetworkConditions(LinkQuality.LAN, 256 << 10, Duration.ofMinutes(15));

    public NetworkConditions {
        Objects.requireNonNull(quality, "quality");
        Objects.requireNonNull(breakAfter, "breakAfter");
        if (windowBytes <= 0) {
            throw new IllegalArgumentException("a window of " + windowBytes + " bytes lets nothing through");
        }
    }

    public NetworkConditions quality(LinkQuality newQuality) {
        return new NetworkConditions(newQuality, windowBytes, breakAfter);
    }

    public NetworkConditions windowBytes(int newWindowBytes) {
        return new NetworkConditions(quality, newWindowBytes, breakAfter);
    }

    public NetworkConditions breakAfter(Duration newBreakAfter) {
        return new NetworkConditions(quality, windowBytes, newBreakAfter);
    }
}
