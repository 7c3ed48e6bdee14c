package org.actium.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.codec.api.Codec;
import org.actium.codec.java.JavaCodec;
import org.actium.deadlock.DeadlockDetection;
import org.actium.deadlock.api.DeadlockListener;
import org.actium.debug.RuntimeDebugger;
import org.actium.debug.api.Debugger;
import org.actium.exports.ExportTable;
import org.actium.exports.api.Exports;
import org.actium.future.api.Futures;
import org.actium.future.core.FuturePlaceholders;
import org.actium.future.core.TransparentFutures;
import org.actium.naming.RuntimeNames;
import org.actium.naming.api.Names;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.core.ObjectSpace;
import org.actium.object.spi.Facilities;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.RecoverableBodies;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.remote.api.Admission;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.core.LinkSettings;
import org.actium.remote.core.RemoteObjectTable;
import org.actium.remote.core.RuntimeLinks;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.LinkedNodes;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.NodeRef;
import org.actium.runtime.spi.Ports;
import org.actium.tagging.Tagging;

/**
 * A whole runtime without a framework: identity, nodes, links, active objects, futures. Several of them live in one JVM;
 * those that joined each other talk over real connections, with every message encoded.
 *
 * <p>All runtimes of a JVM share its class path. Close it to end its active objects and links.
 */
public final class EmbeddedRuntime implements AutoCloseable {

    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(10);

    private final LocalRuntime runtime;
    private final RuntimeLinks links;
    private final RemoteObjectTable remoteObjects;
    private final LinkedNodes nodes;
    private final ObjectSpace objects;
    private final Futures futures;
    private final RuntimeNames names;
    private final Ports ports;
    private Optional<DeadlockDetection> detection = Optional.empty();
    private Optional<RuntimeDebugger> debugger = Optional.empty();
    private final Codec codec;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<ExportTable> exports = Optional.empty(); // guarded by lock
    private final Tagging tagging;

    /**
     * @param ports where clock, threads and random numbers come from
     * @param transport what carries its links; more can be added
     * @param listen where it accepts connections; port 0 for any free one
     */
    public EmbeddedRuntime(String name, Ports ports, Transport transport, Endpoint listen) {
        this(name, ports, transport, listen, new StubFactory());
    }

    /** @param stubs may be that of other runtimes: generating stub classes again takes longer than a short test */
    public EmbeddedRuntime(String name, Ports ports, Transport transport, Endpoint listen, Stubs stubs) {
        this(name, ports, transport, listen, stubs, new JavaCodec());
    }

    /** @param codec must understand those of the runtimes that it is going to talk to */
    public EmbeddedRuntime(String name, Ports ports, Transport transport, Endpoint listen, Stubs stubs, Codec codec) {
        LocalRuntime runtime =
                new LocalRuntime(name, Objects.requireNonNull(ports, "ports").random());
        this(runtime, ports, new RuntimeLinks(runtime, transport, ports, LinkSettings.DEFAULT, listen), stubs, codec);
    }

    /** @param links of that runtime, such as over TLS; closed with it */
    public EmbeddedRuntime(LocalRuntime runtime, Ports ports, RuntimeLinks links, Stubs stubs, Codec codec) {
        this.ports = Objects.requireNonNull(ports, "ports");
        this.codec = Objects.requireNonNull(codec, "codec");
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        this.links = Objects.requireNonNull(links, "links");
        this.remoteObjects = new RemoteObjectTable(links, codec, ports.threads());
        this.nodes = new LinkedNodes(runtime, links, remoteObjects);
        FuturePlaceholders placeholders = new FuturePlaceholders(stubs);
        this.objects = new ObjectSpace(
                runtime, ports.time(), ports.threads(), codec, new FlatClassPath(), nodes, stubs, links);
        objects.withPlaceholders(placeholders);
        this.futures = new TransparentFutures(placeholders, objects, ports.time());
        objects.withFutures(futures);
        this.names = new RuntimeNames(runtime, links, remoteObjects, nodes, objects);
        this.tagging = new Tagging(ports.time(), objects);
        objects.withInterceptors(tagging);
        objects.withFacilities(tagging);
        objects.withFacilities(new OwnServices(
                List.of(runtime, ports.time(), ports.threads(), links, remoteObjects, objects, futures, names)));
        objects.withFacilities(new Facilities() {
            @Override
            public <T> Optional<T> facility(Class<T> type, BodyId body, Class<?> bodyType) {
                return type == Exports.class ? Optional.of(type.cast(exports())) : Optional.empty();
            }
        });
    }

    /** What another runtime, perhaps of another JVM, needs to join the domain of this one; good for once, for 10 s. */
    public record Invitation(Endpoint endpoint, JoinToken token) {}

    public Invitation invite() {
        return new Invitation(links.self().endpoints().getFirst(), links.issue(JOIN_TIMEOUT));
    }

    /** Joins the domain of the runtime that invites, so that each can create active objects on nodes of the other. */
    public EmbeddedRuntime join(Invitation invitation) {
        links.join(invitation.endpoint(), invitation.token(), JOIN_TIMEOUT);
        return this;
    }

    /** Joins the domain of the other runtime. */
    public EmbeddedRuntime join(EmbeddedRuntime other) {
        return join(other.invite());
    }

    /**
     * Looks for deadlocks from now on, as this says and not as it was told before. For those that go over several runtimes,
     * all of them must look.
     *
     * @param listener hears of those that this runtime reports
     */
    public EmbeddedRuntime detectDeadlocks(DeadlockDetection.Settings settings, DeadlockListener listener) {
        detection.ifPresent(DeadlockDetection::close);
        DeadlockDetection started = new DeadlockDetection(objects, links, ports.threads(), ports.time(), settings);
        started.withListener(listener);
        detection = Optional.of(started);
        return this;
    }

    /**
     * With which objects can be stopped, those of this runtime if they are created after it was first asked for. For
     * objects of other runtimes, those must have been asked for theirs.
     */
    public Debugger debugger() {
        if (debugger.isEmpty()) {
            RuntimeDebugger started = new RuntimeDebugger(links, remoteObjects, objects);
            objects.withInterceptors(started);
            debugger = Optional.of(started);
        }
        return debugger.get();
    }

    /** Lets others link to it over this transport too, at any free port, and dials endpoints that name it. */
    public void addTransport(Transport transport) {
        links.addTransport(transport);
    }

    /** Closes the links over it; whoever still needs one dials over what is left. */
    public void removeTransport(Transport transport) {
        links.removeTransport(transport);
    }

    public ActiveObjects objects() {
        return objects;
    }

    public Futures futures() {
        return futures;
    }

    public Names names() {
        return names;
    }

    /** Plain objects for other runtimes to call; until it is first asked for, this runtime exports none. */
    public Exports exports() {
        lock.lock();
        try {
            if (exports.isEmpty()) {
                exports = Optional.of(new ExportTable(links, remoteObjects, codec));
            }
            return exports.get();
        } finally {
            lock.unlock();
        }
    }

    public ActiumRuntime runtime() {
        return runtime;
    }

    public Links links() {
        return links;
    }

    /** Where its active objects can be made recoverable. */
    public RecoverableBodies recoverableBodies() {
        return objects;
    }

    /** Lets others join by tokens. */
    public Admission admission() {
        return links;
    }

    public NodeHandles nodeHandles() {
        return nodes;
    }

    public RemoteObjects remoteObjects() {
        return remoteObjects;
    }

    /** A handle by which this runtime reaches a node of another one that it joined, or that joined it. */
    public Node nodeOf(EmbeddedRuntime other, String name) {
        return nodes.node(other.nodes.ref(other.runtime.node(name).orElseThrow()));
    }

    /** Shows the messages of its active objects to the interceptors; concerns objects created from now on. */
    public void intercept(InterceptorSource source) {
        objects.withInterceptors(source);
    }

    /** A handle by which this runtime reaches a node that should be at that address. */
    public Node nodeAt(RuntimeAddress address, String name) {
        return nodes.node(new NodeRef(address, name, Optional.empty()));
    }

    private void closeExports() {
        lock.lock();
        try {
            exports.ifPresent(ExportTable::close);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        debugger.ifPresent(RuntimeDebugger::close);
        closeExports();
        tagging.close();
        names.close();
        detection.ifPresent(DeadlockDetection::close);
        objects.close();
        nodes.close();
        remoteObjects.close();
        links.close();
    }
}
