package org.actium.benchmarks.objects;

import org.actium.object.api.ActiveObjects;
import org.actium.object.api.Termination;
import org.actium.object.spi.InterceptorSource;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;

/** One runtime with every guarantee on: causal order, bounded queues, copies, the list of admitted classes. */
final class Ours implements AutoCloseable {

    private final SystemTime time;
    private final EmbeddedRuntime runtime;

    Ours() {
        SystemThreads threads = new SystemThreads();
        time = new SystemTime(threads);
        Ports ports = new Ports(time, threads, new SystemRandom());
        runtime = new EmbeddedRuntime(
                "benchmark", ports, new TcpTransport(ports.threads()), new Endpoint("127.0.0.1", 0));
    }

    ActiveObjects objects() {
        return runtime.objects();
    }

    ActiumRuntime runtime() {
        return runtime.runtime();
    }

    void intercept(InterceptorSource source) {
        runtime.intercept(source);
    }

    <T> T newActive(Class<T> type, Object... arguments) {
        return objects().newActive(type, arguments).start();
    }

    void end(Object stub) {
        objects().terminate(stub, Termination.NOW);
    }

    @Override
    public void close() {
        runtime.close();
        time.close();
    }
}
