package org.actium.simulation.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Registration;
import org.actium.simulation.engine.Lane;
import org.actium.simulation.engine.RandomStreams;
import org.actium.simulation.engine.Scheduler;

/** All hosts and everything on its way between them. */
public final class SimulatedNetwork {

    /** Two hosts. */
    public record Pair(String one, String other) {}

    private record Direction(String from, String to) {}

    private final Scheduler scheduler;
    private final RandomStreams streams;
    private final NetworkConditions conditions;
    private final MessageDelays delays;
    private final Map<String, NetworkHost> hosts = new HashMap<>();
    private final Map<Direction, Path> paths = new HashMap<>();

    /** Connections of which an end is open; the end that dialled stands for both. */
    private final Set<SimulatedConnection> connections = new LinkedHashSet<>();

    public SimulatedNetwork(
            Scheduler scheduler, RandomStreams streams, NetworkConditions conditions, MessageDelays delays) {
        this.scheduler = scheduler;
        this.streams = streams;
        this.conditions = conditions;
        this.delays = delays;
    }

    /**
     * A host begins a life: it answers from now on, and those who still talk to its former life are told, once they
     * try, that nobody knows them.
     */
    public Transport boot(String name, Lane lane) {
        NetworkHost host = hosts.computeIfAbsent(name, NetworkHost::new);
        host.boot(lane);
        for (SimulatedConnection open : openEnds()) {
            SimulatedConnection lost = open.otherEnd();
            if (lost.near() == host && lost.lane() != lane && open.hasUnread()) {
                scheduler.after(conditions.quality().retransmission(), lost::tellReset);
            }
        }
        return new SimulatedTransport(this, scheduler, host);
    }

    /**
     * The life of a host is over.
     *
     * @param vanished as if power and cable were gone: nobody is told. Otherwise its system is still there and resets
     *     its connections
     */
    public void crash(String name, boolean vanished) {
        NetworkHost host = known(name);
        host.crash(vanished);
        if (!vanished) {
            openEnds().stream()
                    .map(SimulatedConnection::otherEnd)
                    .filter(lost -> lost.near() == host)
                    .forEach(SimulatedConnection::tellReset);
        }
        forgetClosed();
    }

    /** What is sent from one to the other does not arrive until this and all other cuts have been closed. */
    public Registration cut(String from, String to) {
        if (from.equals(to)) {
            throw new IllegalArgumentException("host " + from + " cannot be cut from itself");
        }
        return path(known(from), known(to)).cut();
    }

    /** How many packets were held because of cuts. */
    public long held(String from, String to) {
        return path(known(from), known(to)).heldCount();
    }

    /** Another quality until it is closed; the latest one that has not been closed counts. */
    public Registration quality(String from, String to, LinkQuality quality) {
        return path(known(from), known(to)).quality(quality);
    }

    /** How many packets were sent while the quality was not normal. */
    public long slowed(String from, String to) {
        return path(known(from), known(to)).slowedCount();
    }

    /** Resets the connections between the two; returns how many there were. */
    public int reset(String one, String other) {
        return eachBetween(one, other, SimulatedConnection::reset);
    }

    /** The connections between the two carry nothing any more, and nobody is told; returns how many there were. */
    public int vanish(String one, String other) {
        return eachBetween(one, other, SimulatedConnection::vanish);
    }

    /** Hosts with a connection between them of which both ends are open, each pair once. */
    public List<Pair> talking() {
        return connections.stream()
                .filter(dialled -> dialled.isOpen() && dialled.otherEnd().isOpen())
                .filter(dialled -> dialled.near() != dialled.otherEnd().near())
                .map(dialled -> new Pair(
                        dialled.near().name(), dialled.otherEnd().near().name()))
                .distinct()
                .toList();
    }

    /** How many connections have an end that is open and alive. */
    public int openConnections() {
        forgetClosed();
        return connections.size();
    }

    NetworkHost host(String name) {
        return hosts.get(name);
    }

    Path path(NetworkHost from, NetworkHost to) {
        return paths.computeIfAbsent(
                new Direction(from.name(), to.name()),
                direction -> new Path(
                        scheduler,
                        streams,
                        delays,
                        from + ">" + to,
                        from == to ? LinkQuality.LOCAL : conditions.quality()));
    }

    /** Makes both ends. */
    SimulatedConnection connection(NetworkHost from, NetworkHost to, int port) {
        int count = from.countDialled();
        String address = to + ":" + port;
        SimulatedConnection dialled = new SimulatedConnection(
                scheduler, conditions, from, from + "->" + address + "#" + count, address, path(from, to));
        SimulatedConnection accepted = new SimulatedConnection(
                scheduler,
                conditions,
                to,
                address + "->" + from + "#" + count,
                from + ":" + NetworkHost.diallingPort(count),
                path(to, from));
        dialled.connect(accepted);
        accepted.connect(dialled);
        connections.add(dialled);
        return dialled;
    }

    /** What a reader of the host that was dialled does. */
    void accept(SimulatedConnection accepted, SimulatedListener listener) {
        ConnectionHandler handler;
        try {
            handler = listener.acceptor().accepted(accepted);
        } catch (RuntimeException refused) {
            accepted.shutAndTell("refused: " + refused);
            forgetClosed();
            return;
        }
        read(accepted, handler);
    }

    /** What a reader does: it ends when this end is closed. */
    void read(SimulatedConnection end, ConnectionHandler handler) {
        end.read(handler);
        forgetClosed();
    }

    private void forgetClosed() {
        connections.removeIf(dialled -> !dialled.isOpen() && !dialled.otherEnd().isOpen());
    }

    private NetworkHost known(String name) {
        NetworkHost host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("there is no host '" + name + "'; there are "
                    + hosts.keySet().stream().sorted().toList());
        }
        return host;
    }

    private int eachBetween(String one, String other, Consumer<SimulatedConnection> action) {
        NetworkHost first = known(one);
        NetworkHost second = known(other);
        forgetClosed();
        List<SimulatedConnection> affected = connections.stream()
                .filter(dialled -> dialled.near() == first && dialled.otherEnd().near() == second
                        || dialled.near() == second && dialled.otherEnd().near() == first)
                .toList();
        affected.forEach(action);
        return affected.size();
    }

    private List<SimulatedConnection> openEnds() {
        List<SimulatedConnection> ends = new ArrayList<>();
        for (SimulatedConnection dialled : connections) {
            ends.add(dialled);
            ends.add(dialled.otherEnd());
        }
        return ends.stream().filter(SimulatedConnection::isOpen).toList();
    }
}
