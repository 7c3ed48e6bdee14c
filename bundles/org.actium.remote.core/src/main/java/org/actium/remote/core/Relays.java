package org.actium.remote.core;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
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

    /**
     * How others reach this runtime through the one that it has dialled there; empty if that takes more than tcp.
     *
     * @param listening where that one says that it listens. A port of loopback may be forwarded to it, on this host alone
     */
    List<Endpoint> through(Endpoint relay, List<Endpoint> listening) {
        if (!relay.transport().equals(Endpoint.TCP)) {
            return List.of();
        }
        Endpoint told = isLoopback(relay)
                ? listening.stream()
                        .filter(own -> own.transport().equals(Endpoint.TCP) && !isLoopback(own))
                        .findFirst()
                        .orElse(relay)
                : relay;
        return List.of(new Endpoint(TRANSPORT, identity + "." + told.host(), told.port()));
    }

    private static boolean isLoopback(Endpoint endpoint) {
        String host = endpoint.host();
        return host.startsWith("127.") || host.equals("::1") || host.equals("localhost");
    }

    void add(RuntimeAddress peer, Endpoint endpoint) {
        lock.lock();
        try {
            through(endpoint, peer.endpoints()).forEach(way -> dialled.put(peer.id(), way));
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
