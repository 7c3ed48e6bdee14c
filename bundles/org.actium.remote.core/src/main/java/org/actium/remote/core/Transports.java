package org.actium.remote.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
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

    private static final Transport.Listener NOWHERE = new Transport.Listener() {
        @Override
        public Endpoint endpoint() {
            throw new IllegalStateException("it listens nowhere");
        }

        @Override
        public List<Endpoint> endpoints() {
            return List.of();
        }

        @Override
        public void close() {}
    };

    private final Listening listening;
    private final Acceptor acceptor;
    private final Map<String, Present> present = new ConcurrentSkipListMap<>();
    /** By transport. */
    private final Map<String, List<Endpoint>> listened = new ConcurrentSkipListMap<>();

    private volatile List<Endpoint> told = List.of();
    /** By transport. A transport that comes back listens where it did, so that addresses handed out stay true. */
    private final Map<String, Endpoint> former = new ConcurrentHashMap<>();

    /** @param listener known a moment after the first connection may come */
    private record Present(Transport transport, CompletableFuture<Transport.Listener> listener) {}

    /** Decides about connections, knowing what carries them. */
    @FunctionalInterface
    interface Acceptor {
        ConnectionHandler accepted(String transport, Connection connection);
    }

    Transports(Listening listening, Acceptor acceptor) {
        this.listening = listening;
        this.acceptor = acceptor;
    }

    /**
     * Lets it dial, and listens on it if this runtime accepts its connections.
     *
     * @return where
     * @throws IllegalStateException if there is one with its name
     * @throws UncheckedIOException if it cannot listen; it is not added then
     */
    List<Endpoint> add(Transport transport) {
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
            listened.put(name, listener.endpoints());
            tell();
            added.listener.complete(listener);
            return listener.endpoints();
        } catch (IOException taken) {
            present.remove(name, added);
            added.listener.completeExceptionally(taken);
            throw new UncheckedIOException(taken.getMessage(), taken);
        }
    }

    private Transport.Listener listen(Transport transport, Transport.Acceptor connections) throws IOException {
        if (transport.isIndirect()) {
            return listening.outgoingOnly()
                    ? transport.listen(new Endpoint(transport.name(), "", 0), connections)
                    : NOWHERE;
        }
        if (listening.outgoingOnly()) {
            return NOWHERE;
        }
        Transport.Listener listener = listenAtPlace(transport, connections);
        former.put(transport.name(), listener.endpoint());
        return listener;
    }

    private Transport.Listener listenAtPlace(Transport transport, Transport.Acceptor connections) throws IOException {
        Endpoint configured = listening.wanted().stream()
                .filter(endpoint -> endpoint.transport().equals(transport.name()))
                .findFirst()
                .orElseGet(() -> new Endpoint(transport.name(), "127.0.0.1", 0));
        Endpoint before = Optional.ofNullable(former.get(transport.name()))
                .map(then -> new Endpoint(then.transport(), configured.host(), then.port()))
                .orElse(configured);
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
            listened.remove(transport.name(), listener.endpoints());
            tell();
        });
        return true;
    }

    private void tell() {
        told = List.copyOf(listening.told(listened.values().stream()
                .flatMap(List::stream)
                .sorted(TCP_FIRST)
                .toList()));
    }

    boolean offer(String name) {
        return present.containsKey(name);
    }

    /** Where others may reach this runtime: at tcp first, for whoever tries one only. */
    List<Endpoint> endpoints() {
        return told;
    }

    /** The endpoints of another runtime in the order in which to dial them; may block for a second for each transport. */
    List<Endpoint> ordered(List<Endpoint> endpoints) {
        if (endpoints.size() < 2) {
            return endpoints;
        }
        Map<String, List<Endpoint>> byTransport = new LinkedHashMap<>();
        endpoints.forEach(each -> byTransport
                .computeIfAbsent(each.transport(), name -> new ArrayList<>())
                .add(each));
        return byTransport.entrySet().stream()
                .flatMap(group -> probed(group.getKey(), group.getValue()).stream())
                .toList();
    }

    /** Other ways to where these lead, for when none of them can be reached. */
    List<Endpoint> detours(List<Endpoint> endpoints) {
        return present.values().stream()
                .map(Present::transport)
                .filter(Transport::isIndirect)
                .flatMap(transport -> endpoints.stream().flatMap(each -> transport.detours(each).stream()))
                .distinct()
                .toList();
    }

    private List<Endpoint> probed(String transport, List<Endpoint> endpoints) {
        Present there = present.get(transport);
        return there == null || endpoints.size() == 1 ? endpoints : there.transport.probe(endpoints);
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
