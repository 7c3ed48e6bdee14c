package org.actium.remote.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transports there are now, and where this runtime listens on each. They come and go, also while links are dialled. */
final class Transports {

    private static final Logger LOG = LoggerFactory.getLogger(Transports.class);

    private static final Comparator<Endpoint> TCP_FIRST = Comparator.comparing(
                    (Endpoint endpoint) -> !endpoint.transport().equals(Endpoint.TCP))
            .thenComparing(Endpoint::transport);

    private final List<Endpoint> wanted;
    private final Acceptor acceptor;
    private final Map<String, Present> present = new ConcurrentSkipListMap<>();
    private final AtomicReference<List<Endpoint>> endpoints = new AtomicReference<>(List.of());
    /** By transport. A transport that comes back listens where it did, so that addresses handed out stay true. */
    private final Map<String, Endpoint> former = new ConcurrentHashMap<>();

    /** @param listener known a moment after the first connection may come */
    private record Present(Transport transport, CompletableFuture<Transport.Listener> listener) {}

    /** Decides about connections, knowing what carries them. */
    @FunctionalInterface
    interface Acceptor {
        ConnectionHandler accepted(String transport, Connection connection);
    }

    /** @param wanted where to listen on transports that are named there; on others it is any port of this host */
    Transports(List<Endpoint> wanted, Acceptor acceptor) {
        this.wanted = List.copyOf(wanted);
        this.acceptor = acceptor;
    }

    /**
     * Listens on it and lets it dial.
     *
     * @throws IllegalStateException if there is one with its name
     * @throws UncheckedIOException if it cannot listen; it is not added then
     */
    Endpoint add(Transport transport) {
        Present added = new Present(transport, new CompletableFuture<>());
        String name = transport.name();
        if (present.putIfAbsent(name, added) != null) {
            throw new IllegalStateException("there is a transport '" + name + "' already; remove it first");
        }
        try {
            Transport.Listener listener = listen(transport, connection -> {
                added.listener.join();
                return acceptor.accepted(name, connection);
            });
            former.put(name, listener.endpoint());
            endpoints.updateAndGet(others -> sorted(Stream.concat(others.stream(), Stream.of(listener.endpoint()))));
            added.listener.complete(listener);
            return listener.endpoint();
        } catch (IOException taken) {
            present.remove(name, added);
            added.listener.completeExceptionally(taken);
            throw new UncheckedIOException(taken.getMessage(), taken);
        }
    }

    private Transport.Listener listen(Transport transport, Transport.Acceptor connections) throws IOException {
        Endpoint configured = wanted.stream()
                .filter(endpoint -> endpoint.transport().equals(transport.name()))
                .findFirst()
                .orElseGet(() -> new Endpoint(transport.name(), "127.0.0.1", 0));
        Endpoint before = former.getOrDefault(transport.name(), configured);
        try {
            return transport.listen(before, connections);
        } catch (IOException taken) {
            if (before.equals(configured)) {
                throw taken;
            }
            LOG.warn("{} listens where it did no longer: {}", transport.name(), taken.getMessage());
            return transport.listen(configured, connections);
        }
    }

    /** Listens on it no more, and dials nothing with it; connections stay. False if it is not there. */
    boolean remove(Transport transport) {
        Present gone = present.get(transport.name());
        if (gone == null || gone.transport != transport || !present.remove(transport.name(), gone)) {
            return false;
        }
        gone.listener.thenAccept(listener -> {
            listener.close();
            endpoints.updateAndGet(all -> sorted(all.stream().filter(each -> !each.equals(listener.endpoint()))));
        });
        return true;
    }

    private static List<Endpoint> sorted(Stream<Endpoint> endpoints) {
        return List.copyOf(endpoints.sorted(TCP_FIRST).toList());
    }

    boolean offer(String name) {
        return present.containsKey(name);
    }

    /** Where this runtime listens: at tcp first, for whoever tries one only. */
    List<Endpoint> endpoints() {
        return endpoints.get();
    }

    /** @throws IOException if it is not there, saying which are */
    Transport named(String name) throws IOException {
        return Optional.ofNullable(present.get(name))
                .map(Present::transport)
                .orElseThrow(() -> new IOException("this runtime has no transport '" + name + "'; it has "
                        + (present.isEmpty()
                                ? "none"
                                : present.keySet().stream().collect(Collectors.joining("', '", "'", "'")))));
    }

    void closeAll() {
        present.values().forEach(each -> remove(each.transport));
    }
}
