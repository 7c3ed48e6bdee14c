package org.actium.deployment.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.api.ObjectInfo;
import org.actium.remote.api.Admission;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LinkedNodes;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemThreads;
import org.actium.service.api.TechnicalServices;

/** Several runtimes in one JVM whose links are direct calls; what passes between them is serialized on the way. */
final class InMemoryDomain {

    final HandMovedTime time = new HandMovedTime();
    final SystemThreads threads = new SystemThreads();
    private final Map<Endpoint, Peer> peers = new ConcurrentHashMap<>();
    private final Set<Set<RuntimeId>> cuts = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ports = new AtomicInteger(1);

    Peer runtime(String name) {
        return runtime(name, new Endpoint("127.0.0.1", ports.getAndIncrement()));
    }

    /** In the place of one that is gone. */
    Peer runtime(String name, Endpoint endpoint) {
        Peer peer = new Peer(name, endpoint);
        peers.put(endpoint, peer);
        return peer;
    }

    /** Makes the runtime reachable at the endpoint only, of which it knows nothing. */
    void forward(Endpoint endpoint, Peer runtime) {
        peers.remove(runtime.links.self().endpoints().getFirst());
        peers.put(endpoint, runtime);
    }

    /** Closes the links between the two, and lets none open until {@link #heal}. */
    void cut(Peer one, Peer other) {
        cuts.add(Set.of(one.id(), other.id()));
        one.links.drop(other.id(), "broken by the test");
        other.links.drop(one.id(), "broken by the test");
    }

    void heal(Peer one, Peer other) {
        cuts.remove(Set.of(one.id(), other.id()));
    }

    /** The process of that runtime is gone. */
    void kill(Peer dead) {
        peers.remove(dead.links.self().endpoints().getFirst());
        peers.values().forEach(peer -> peer.links.drop(dead.id(), "closed by the other side"));
    }

    private static Object copied(Object value) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new Packer(bytes)) {
            out.writeObject(value);
        } catch (IOException notSerializable) {
            throw new AssertionError("does not travel: " + value, notSerializable);
        }
        try (var in = new Unpacker(bytes.toByteArray())) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException damaged) {
            throw new AssertionError("does not arrive: " + value, damaged);
        }
    }

    /** Lets optional values travel, as the codec does. */
    private record Packed(Object value) implements Serializable {}

    private static final class Packer extends ObjectOutputStream {
        private Packer(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object value) {
            return value instanceof Optional<?> optional ? new Packed(optional.orElse(null)) : value;
        }
    }

    private static final class Unpacker extends ObjectInputStream {
        private Unpacker(byte[] bytes) throws IOException {
            super(new ByteArrayInputStream(bytes));
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(Object value) {
            return value instanceof Packed packed ? Optional.ofNullable(packed.value) : value;
        }
    }

    /** One runtime with everything this bundle puts on it. */
    final class Peer {

        final LocalRuntime runtime;
        final InMemoryLinks links;
        final InMemoryObjects remoteObjects = new InMemoryObjects(this);
        final LinkedNodes handles;
        final RecordingServices services;
        final CountDownLatch stopped = new CountDownLatch(1);
        final LocalAgent agent;
        private WithdrawnServices news;

        private Peer(String name, Endpoint endpoint) {
            this.runtime = new LocalRuntime(name, new Random(name.hashCode()));
            this.links = new InMemoryLinks(this, new RuntimeAddress(runtime.id(), name, List.of(endpoint)));
            this.handles = new LinkedNodes(runtime, links, remoteObjects);
            this.services = new RecordingServices(runtime);
            this.agent = agentWith(services);
            this.news = news();
        }

        /** What tells deployers what nodes lack begins anew. @param meanwhile while there is none */
        void restartNews(Runnable meanwhile) {
            news.close();
            meanwhile.run();
            news = news();
        }

        private WithdrawnServices news() {
            return new WithdrawnServices(runtime, services, links, remoteObjects, threads);
        }

        /** To be asked in place of {@link #agent}, which must be closed for that. */
        LocalAgent agentWith(TechnicalServices others) {
            return new LocalAgent(runtime, handles, remoteObjects, others, oneObject(runtime.id()), stopped::countDown);
        }

        RuntimeId id() {
            return runtime.id();
        }

        /** Deploys from here, with leases of 10 s. */
        Deployer deployer(Extensions extensions) {
            return deployer(extensions, new Membership(links, links, time, threads, Duration.ofSeconds(10)));
        }

        Deployer deployer(Extensions extensions, Membership membership) {
            return new Deployer(links, remoteObjects, handles, membership, services, extensions, time, threads);
        }

        List<String> nodeNames() {
            return runtime.nodes().stream().map(node -> node.name()).skip(1).toList();
        }
    }

    /** Links and admission of one runtime. */
    final class InMemoryLinks implements Links, Admission {

        private final Peer owner;
        private final RuntimeAddress self;
        private final Map<RuntimeId, InMemoryLink> open = new ConcurrentHashMap<>();
        private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();
        final Set<String> tokens = ConcurrentHashMap.newKeySet(); // texts of those that still admit
        final AtomicInteger dialled = new AtomicInteger();
        private final AtomicInteger issued = new AtomicInteger();

        private InMemoryLinks(Peer owner, RuntimeAddress self) {
            this.owner = owner;
            this.self = self;
        }

        @Override
        public JoinToken issue(Duration validFor) {
            JoinToken token = new JoinToken(self.name() + "-token-" + issued.incrementAndGet(), "secret");
            tokens.add(token.text());
            return token;
        }

        @Override
        public void revoke(JoinToken token) {
            tokens.remove(token.text());
        }

        @Override
        public RuntimeAddress self() {
            return self;
        }

        @Override
        public Link to(RuntimeAddress peer) {
            InMemoryLink existing = open.get(peer.id());
            return existing != null ? existing : connectAtOne(peer.endpoints(), peer.id());
        }

        private Link connectAtOne(List<Endpoint> endpoints, RuntimeId expected) {
            try {
                return connect(endpoints.getFirst(), Optional.of(expected), Optional.empty());
            } catch (UnreachableException unreachable) {
                if (endpoints.size() == 1) {
                    throw unreachable;
                }
                return connectAtOne(endpoints.subList(1, endpoints.size()), expected);
            }
        }

        @Override
        public Link join(Endpoint parent, JoinToken token, Duration timeout) {
            dialled.incrementAndGet();
            Peer there = reach(parent);
            if (!there.links.tokens.remove(token.text())) {
                throw new AdmissionException("token " + token.id() + " is unknown, used or expired");
            }
            return connect(parent, Optional.empty(), Optional.of(token.id()));
        }

        private Peer reach(Endpoint endpoint) {
            Peer there = peers.get(endpoint);
            if (there == null) {
                throw new UnreachableException("nothing answers at " + endpoint, null, true);
            }
            if (there != owner && cuts.contains(Set.of(owner.id(), there.id()))) {
                throw new UnreachableException("nothing answers at " + endpoint);
            }
            return there;
        }

        private Link connect(Endpoint endpoint, Optional<RuntimeId> expected, Optional<String> tokenId) {
            dialled.incrementAndGet();
            Peer there = reach(endpoint);
            if (expected.filter(id -> !id.equals(there.id())).isPresent()) {
                throw new UnreachableException("another runtime answers at " + endpoint, null, true);
            }
            InMemoryLink mine = new InMemoryLink(this, there.links.self);
            InMemoryLink theirs = new InMemoryLink(there.links, self);
            open.put(there.id(), mine);
            there.links.open.put(owner.id(), theirs);
            there.links.listeners.forEach(listener -> listener.opened(theirs, tokenId));
            listeners.forEach(listener -> listener.opened(mine, Optional.empty()));
            return mine;
        }

        void drop(RuntimeId peer, String reason) {
            InMemoryLink link = open.remove(peer);
            if (link != null) {
                listeners.forEach(listener -> listener.closed(link, reason));
            }
        }

        @Override
        public RuntimeAddress resolve(Endpoint endpoint) {
            return reach(endpoint).links.self;
        }

        @Override
        public Optional<Link> existing(RuntimeId peer) {
            return Optional.ofNullable(open.get(peer));
        }

        @Override
        public List<Link> all() {
            return List.copyOf(open.values());
        }

        @Override
        public Registration handle(Channel channel, FrameHandler handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registration listen(LinkListener listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }

    private record InMemoryLink(InMemoryLinks owner, RuntimeAddress peer) implements Link {

        @Override
        public void send(Channel channel, ByteBuffer frame) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return owner.open.get(peer.id()) == this;
        }

        @Override
        public void close(String reason) {
            owner.drop(peer.id(), reason);
        }
    }

    /** Remote objects of one runtime. */
    final class InMemoryObjects implements RemoteObjects {

        private final Peer owner;
        private final Map<String, Object> exported = new ConcurrentHashMap<>();

        private InMemoryObjects(Peer owner) {
            this.owner = owner;
        }

        @Override
        public <T> Registration export(Class<T> contract, String name, T object) {
            if (exported.putIfAbsent(name, object) != null) {
                throw new IllegalStateException(name + " is taken");
            }
            return () -> exported.remove(name);
        }

        @Override
        public <T> T at(RuntimeAddress target, Class<T> contract, String name) {
            return contract.cast(Proxy.newProxyInstance(
                    contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                        if (!target.id().equals(owner.id())) {
                            owner.links.to(target);
                        }
                        Peer there = peers.get(target.endpoints().getFirst());
                        if (there == null) {
                            throw new LinkClosedException("link to " + target.name() + " is closed");
                        }
                        Object object = there.remoteObjects.exported.get(name);
                        if (object == null) {
                            throw new NoSuchRemoteObjectException(target.name() + " offers no " + name);
                        }
                        Object[] copies = arguments == null ? null : (Object[]) copied(arguments);
                        try {
                            return copied(method.invoke(object, copies));
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    }));
        }
    }

    /** The active objects of a runtime, which are one, to be listed. */
    private static ActiveObjects oneObject(RuntimeId runtime) {
        return (ActiveObjects) Proxy.newProxyInstance(
                ActiveObjects.class.getClassLoader(),
                new Class<?>[] {ActiveObjects.class},
                (self, method, arguments) -> {
                    if (!method.getName().equals("objects") || arguments != null) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return new ArrayList<>(
                            List.of(new ObjectInfo(new BodyId(runtime, 1), "counter-1", "Counter", "default", 0, 7)));
                });
    }

    /** Texts of all tokens nobody has used or revoked yet. */
    Set<String> openTokens() {
        Set<String> tokens = new HashSet<>();
        peers.values().forEach(peer -> tokens.addAll(peer.links.tokens));
        return tokens;
    }
}
