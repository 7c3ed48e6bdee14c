package org.actium.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.actium.simulation.engine.RandomStreams;
import org.actium.simulation.engine.Scheduler;

/** One direction between two hosts: how long packets take, and whether they get through. */
final class Path {

    private final Scheduler scheduler;
    private final RandomStreams streams;
    private final MessageDelays delays;
    private final String name;
    private final LinkQuality normal;
    private final List<Packet> held = new ArrayList<>();

    private LinkQuality quality;
    private long freeAt;
    private int cuts;
    private long heldCount;
    private long slowedCount;
    private long mendedCount;

    Path(Scheduler scheduler, RandomStreams streams, MessageDelays delays, String name, LinkQuality normal) {
        this.scheduler = scheduler;
        this.streams = streams;
        this.delays = delays;
        this.name = name;
        this.normal = normal;
        this.quality = normal;
    }

    /** Sends a packet that takes a random time, unless it is to take the usual one. */
    void carry(MessageId id, int bytes, Packet packet) {
        freeAt = Math.max(scheduler.now(), freeAt) + quality.transmissionNanos(bytes);
        long delay = delays.applyTo(id)
                ? quality.delay().nanos(streams.fraction(id.connection(), id.number() * 2))
                        + quality.lossNanos(streams.fraction(id.connection(), id.number() * 2 + 1))
                : quality.delay().usualNanos();
        count();
        scheduler.at(freeAt + delay, () -> arrive(packet));
    }

    /** Sends a packet that nobody notices: it takes no room and the usual time. */
    void carry(Packet packet) {
        count();
        scheduler.at(scheduler.now() + quality.delay().usualNanos(), () -> arrive(packet));
    }

    private void count() {
        if (quality != normal) {
            slowedCount++;
        }
    }

    private void arrive(Packet packet) {
        if (cuts == 0) {
            packet.arrived();
        } else {
            heldCount++;
            held.add(packet);
            packet.held();
        }
    }

    /** Cuts may overlap; the path is whole again when as many have been mended. */
    void cut() {
        cuts++;
    }

    /** What was held is sent again within the time of a retransmission. */
    void mend() {
        if (cuts > 0 && --cuts == 0) {
            List<Packet> again = List.copyOf(held);
            held.clear();
            long wait = quality.retransmission().toNanos();
            for (Packet packet : again) {
                long part = (long) (wait * streams.fraction(name, mendedCount++));
                scheduler.at(scheduler.now() + part, () -> arrive(packet));
            }
        }
    }

    void quality(LinkQuality newQuality) {
        quality = newQuality;
    }

    void normalQuality() {
        quality = normal;
    }

    boolean isCut() {
        return cuts > 0;
    }

    /** How many packets did not get through at once. */
    long heldCount() {
        return heldCount;
    }

    /** How many packets were sent while the quality was not normal. */
    long slowedCount() {
        return slowedCount;
    }
}
