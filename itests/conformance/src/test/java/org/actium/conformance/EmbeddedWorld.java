package org.actium.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.remote.spi.Transport;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;

/** A runtime in this JVM and what is on its other side. */
final class EmbeddedWorld implements World, AutoCloseable {

    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

    private final SystemTime time;
    private final Ports ports;
    private final CuttableTransport transport;
    private final EmbeddedRuntime runtime;
    private final OtherSide otherSide;
    private final List<Node> nodes;

    /** Starts something that the runtime reaches and that ends with it. */
    private interface Start {
        /** @param nodes the first and the third one; the other side adds them */
        OtherSide start(Ports ports, EmbeddedRuntime runtime, List<Node> nodes)
                throws IOException, InterruptedException;
    }

    /**
     * What the runtime of the test reaches.
     *
     * @param lose without a farewell
     */
    private record OtherSide(Runnable lose, Runnable close) {}

    private EmbeddedWorld(Extra extra, Start other) throws IOException, InterruptedException {
        SystemThreads threads = new SystemThreads();
        time = new SystemTime(threads);
        ports = new Ports(time, threads, new SystemRandom());
        transport = new CuttableTransport(new TcpTransport(threads));
        runtime = start("here", ports, transport);
        extra.begin(runtime, transport);
        List<Node> two = new ArrayList<>();
        otherSide = other.start(ports, runtime, two);
        nodes = List.of(two.get(0), runtime.runtime().defaultNode(), two.get(1));
    }

    static EmbeddedRuntime start(String name, Ports ports, Transport transport) {
        return new EmbeddedRuntime(name, ports, transport, ANY_PORT);
    }

    static EmbeddedWorld oneRuntime(Extra extra) throws IOException, InterruptedException {
        return new EmbeddedWorld(extra, (ports, runtime, nodes) -> {
            nodes.add(runtime.runtime().createNode("first", Optional.empty()));
            nodes.add(runtime.runtime().createNode("third", Optional.empty()));
            return new OtherSide(
                    () -> {
                        throw new UnsupportedOperationException("one runtime has no other side");
                    },
                    () -> {});
        });
    }

    static EmbeddedWorld twoRuntimes(Extra extra) throws IOException, InterruptedException {
        return new EmbeddedWorld(extra, (ports, runtime, nodes) -> {
            CuttableTransport transport = new CuttableTransport(new TcpTransport(ports.threads()));
            EmbeddedRuntime there = start("there", ports, transport).join(runtime);
            extra.begin(there, transport);
            for (String name : List.of("first", "third")) {
                there.runtime().createNode(name, Optional.empty());
                nodes.add(runtime.nodeOf(there, name));
            }
            return new OtherSide(transport::isolate, there::close);
        });
    }

    static EmbeddedWorld twoJvms(Extra extra) throws IOException, InterruptedException {
        return new EmbeddedWorld(extra, (ports, runtime, nodes) -> {
            OtherJvm there = OtherJvm.start(runtime, extra);
            nodes.add(runtime.nodeAt(there.address(), "first"));
            nodes.add(runtime.nodeAt(there.address(), "third"));
            return new OtherSide(there::kill, there::kill);
        });
    }

    @Override
    public EmbeddedRuntime runtime() {
        return runtime;
    }

    @Override
    public List<Node> nodes() {
        return nodes;
    }

    @Override
    public Ports ports() {
        return ports;
    }

    @Override
    public void breakLinks() {
        transport.cut();
    }

    @Override
    public void loseTheOtherSide() {
        otherSide.lose().run();
    }

    @Override
    public void close() {
        otherSide.close().run();
        runtime.close();
        time.close();
    }
}
