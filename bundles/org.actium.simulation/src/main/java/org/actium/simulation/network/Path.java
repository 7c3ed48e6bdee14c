package org.actium.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.actium.runtime.api.Registration;
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
    private final List<LinkQuality[]> changes = new ArrayList<>();

    private long freeAt;
    private int cuts;
    private long heldCount;
    private long slowedCount;
    private long againCount;

    Path(Scheduler scheduler, RandomStreams streams, MessageDelays delays, String name, LinkQuality normal) {
        this.scheduler = scheduler;
        this.streams = streams;
        this.delays = delays;
        this.name = name;
        this.normal = normal;
    }

    /** Sends a packet that takes a random time, unless it is to take the usual one. */
    void carry(MessageId id, int bytes, Packet packet) {
        LinkQuality quality = quality();
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
        scheduler.at(scheduler.now() + quality().delay().usualNanos(), () -> arrive(packet));
    }

    private void count() {
        if (!changes.isEmpty()) {
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

    /** Cuts may overlap; the path is whole again when all have been closed. */
    Registration cut() {
        cuts++;
        return once(() -> {
            cuts--;
            if (cuts == 0) {
                sendAgain();
            }
        });
    }

    /** What was held is sent again within the time of a retransmission. */
    private void sendAgain() {
        List<Packet> again = List.copyOf(held);
        held.clear();
        long wait = quality().retransmission().toNanos();
        for (Packet packet : again) {
            long part = (long) (wait * streams.fraction(name, againCount++));
            scheduler.at(scheduler.now() + part, () -> arrive(packet));
        }
    }

    /** The latest change that has not been closed counts. */
    Registration quality(LinkQuality changed) {
        // an object of its own, so that closing takes away this change and not an equal one
        LinkQuality[] change = {changed};
        changes.add(change);
        return once(() -> changes.remove(change));
    }

    private LinkQuality quality() {
        return changes.isEmpty() ? normal : changes.getLast()[0];
    }

    private static Registration once(Runnable undo) {
        boolean[] done = {false};
        return () -> {
            if (!done[0]) {
                done[0] = true;
                undo.run();
            }
        };
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
