package org.actium.remote.core;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeId;

/**
 * Through whom a runtime is reached that accepts no connections: those whom it has dialled, and to whom it has a link. The
 * endpoint {@code relay@<identity>.<host>:<port>} stands for the runtime of that identity, in 32 hexadecimal digits, behind
 * the one that listens at that host and port of tcp.
 */
final class Relays {

    /** More are of no use to others: each is tried after the one before. */
    private static final int TOLD = 3;

    private static final String TRANSPORT = "relay";

    private final String identity;
    private final ReentrantLock lock = new ReentrantLock();
    // guarded by lock; the one dialled first is first, because it is most likely to last
    private final Map<RuntimeId, Endpoint> dialled = new LinkedHashMap<>();

    Relays(RuntimeId self) {
        this.identity = HexFormat.of().toHexDigits(self.high()) + HexFormat.of().toHexDigits(self.low());
    }

    /** How others reach this runtime through the one there; empty if that takes more than tcp. */
    List<Endpoint> through(Endpoint relay) {
        return relay.transport().equals(Endpoint.TCP)
                ? List.of(new Endpoint(TRANSPORT, identity + "." + relay.host(), relay.port()))
                : List.of();
    }

    void add(RuntimeId peer, Endpoint endpoint) {
        lock.lock();
        try {
            through(endpoint).forEach(way -> dialled.put(peer, way));
        } finally {
            lock.unlock();
        }
    }

    void remove(RuntimeId peer) {
        lock.lock();
        try {
            dialled.remove(peer);
        } finally {
            lock.unlock();
        }
    }

    List<Endpoint> endpoints() {
        lock.lock();
        try {
            return dialled.values().stream().limit(TOLD).toList();
        } finally {
            lock.unlock();
        }
    }
}
