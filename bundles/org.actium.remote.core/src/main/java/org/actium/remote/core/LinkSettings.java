package org.actium.remote.core;

import java.time.Duration;

/**
 * Limits of time for links.
 *
 * @param heartbeat how often each side shows that it lives
 * @param missedHeartbeats after so many intervals without any frame, or without a connection, the link is closed; after half
 *     of them without a frame the connection is replaced
 * @param dial how long one endpoint may take to accept a connection
 * @param handshake how long the other side may take to prove who it is
 */
public record LinkSettings(Duration heartbeat, int missedHeartbeats, Duration dial, Duration handshake) {

    public static final LinkSettings DEFAULT =
            new LinkSettings(Duration.ofSeconds(2), 3, Duration.ofSeconds(5), Duration.ofSeconds(5));

    /** With time for keys and certificates, which take seconds in a JVM that has just started on a busy host. */
    public static final LinkSettings WITH_CERTIFICATES =
            new LinkSettings(Duration.ofSeconds(2), 3, Duration.ofSeconds(15), Duration.ofSeconds(15));

    /** How long a link stays open without a sign of the other side. */
    Duration silence() {
        return heartbeat.multipliedBy(missedHeartbeats);
    }

    /** After so many intervals without any frame another connection is tried: half of them, so that there is time for it. */
    int silentIntervals() {
        return (missedHeartbeats + 1) / 2;
    }
}
