package org.actium.simulation.network;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.NothingListensException;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.simulation.engine.Lane;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.engine.Waiters;

/** The network as one life of one host sees it. Its own name and the loopback addresses mean the host itself. */
final class SimulatedTransport implements Transport {

    private static final Set<String> SELF = Set.of("localhost", "127.0.0.1", "::1", "0.0.0.0");

    private final SimulatedNetwork network;
    private final Scheduler scheduler;
    private final NetworkHost host;
    private final Lane lane;

    SimulatedTransport(SimulatedNetwork network, Scheduler scheduler, NetworkHost host) {
        this.network = network;
        this.scheduler = scheduler;
        this.host = host;
        this.lane = host.lane();
    }

    /** It stands in for sockets. */
    @Override
    public String name() {
        return Endpoint.TCP;
    }

    @Override
    public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
        if (!isSelf(endpoint)) {
            throw new IOException("cannot listen at " + endpoint + ": that is not an address of host " + host);
        }
        int port = endpoint.port() == 0 ? host.freePort() : endpoint.port();
        SimulatedListener listener = new SimulatedListener(host, new Endpoint(host.name(), port), acceptor);
        if (host.listeners().putIfAbsent(port, listener) != null) {
            throw new IOException("cannot listen at " + endpoint + ": address already in use");
        }
        return listener;
    }

    @Override
    public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
        scheduler.preempt();
        NetworkHost target = isSelf(endpoint) ? host : network.host(endpoint.host());
        if (target == null) {
            throw new IOException("host '" + endpoint.host() + "' is unknown");
        }
        Dialling dialling = new Dialling(target, endpoint.port());
        dialling.await(timeout);
        if (dialling.refusal != null) {
            throw dialling.refusal;
        }
        scheduler.start(lane, "reader " + endpoint, () -> network.read(dialling.connection, handler));
        return dialling.connection;
    }

    private boolean isSelf(Endpoint endpoint) {
        return endpoint.host().equals(host.name()) || SELF.contains(endpoint.host());
    }

    /** There and back again once: the other host accepts or refuses, or says nothing. */
    private final class Dialling {

        private final NetworkHost target;
        private final int port;
        private final Waiters answer = new Waiters();
        private SimulatedConnection connection;
        private IOException refusal;

        Dialling(NetworkHost target, int port) {
            this.target = target;
            this.port = port;
        }

        void await(Duration timeout) {
            long event = scheduler.record("dial", target + ":" + port, 0);
            network.path(host, target).carry(() -> arrive(event));
            Registration timer = scheduler.after(
                    timeout,
                    () -> refuse(new IOException(
                            "nothing answers at " + target + ":" + port + " within " + timeout.toMillis() + " ms")));
            answer.await(this::isDecided);
            timer.close();
        }

        private boolean isDecided() {
            return connection != null || refusal != null;
        }

        private void arrive(long event) {
            if (lane.isDead() || !target.answers()) {
                return;
            }
            SimulatedListener listener = target.listeners().get(port);
            Path back = network.path(target, host);
            if (listener == null) {
                back.carry(() -> refuse(new NothingListensException(
                        "cannot connect to " + target + ":" + port + ": connection refused")));
                return;
            }
            SimulatedConnection dialled = network.connection(host, target, port);
            SimulatedConnection accepted = dialled.otherEnd();
            scheduler.record("accept", accepted.toString(), 0, event);
            scheduler.start(target.lane(), "reader " + accepted.peer(), () -> network.accept(accepted, listener));
            back.carry(() -> establish(dialled));
        }

        private void establish(SimulatedConnection dialled) {
            if (isDecided() || lane.isDead()) {
                dialled.shut("nobody waits for it any more");
                dialled.tellReset();
            } else {
                connection = dialled;
                answer.wake();
            }
        }

        private void refuse(IOException why) {
            if (!isDecided()) {
                refusal = why;
                answer.wake();
            }
        }
    }
}
