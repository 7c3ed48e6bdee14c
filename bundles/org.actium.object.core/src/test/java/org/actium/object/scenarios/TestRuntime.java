package org.actium.object.scenarios;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.ClassSpaces;
import org.actium.codec.api.Codec;
import org.actium.codec.java.JavaCodec;
import org.actium.future.api.Futures;
import org.actium.future.core.FuturePlaceholders;
import org.actium.future.core.TransparentFutures;
import org.actium.object.core.ObjectSpace;
import org.actium.object.stubs.StubFactory;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.NodeRef;

/** Objects, futures and codec of one runtime, put together by hand on a {@link MemoryNetwork}. */
final class TestRuntime implements AutoCloseable {

    final LocalRuntime runtime;
    final ObjectSpace objects;
    final FuturePlaceholders placeholders;
    final Futures futures;
    final Links links;
    private final SystemTime time;

    TestRuntime(String name, MemoryNetwork network) {
        this(name, network, new JavaCodec());
    }

    TestRuntime(String name, MemoryNetwork network, Codec codec) {
        SystemThreads threads = new SystemThreads();
        this.time = new SystemTime(threads);
        this.runtime = new LocalRuntime(name, new SplittableRandom(name.hashCode()));
        this.links = network.links(runtime.id(), name);
        StubFactory stubs = new StubFactory();
        this.placeholders = new FuturePlaceholders(stubs);
        this.objects =
                new ObjectSpace(runtime, time, threads, codec, new FlatClassPath(), new KnownNodes(), stubs, links);
        objects.withPlaceholders(placeholders);
        this.futures = new TransparentFutures(placeholders, objects, time);
        objects.withFutures(futures);
        KnownNodes.ALL.put(links.self(), runtime);
    }

    @Override
    public void close() {
        objects.close();
        time.close();
    }

    /** Both runtimes of a test share its class path. */
    private record FlatClassPath() implements ClassSpaces {
        @Override
        public ClassSpace spaceOf(Class<?> type) {
            return ClassSpace.FLAT;
        }

        @Override
        public ClassLoader loader(ClassSpace space, RuntimeAddress origin) {
            return FlatClassPath.class.getClassLoader();
        }
    }

    /** Handles on nodes of runtimes that live in the same JVM: the nodes themselves. */
    private record KnownNodes() implements NodeHandles {
        private static final Map<RuntimeAddress, LocalRuntime> ALL = new ConcurrentHashMap<>();

        @Override
        public NodeRef ref(Node node) {
            RuntimeAddress home = ALL.keySet().stream()
                    .filter(address -> address.id().equals(node.runtime()))
                    .findFirst()
                    .orElseThrow();
            return new NodeRef(home, node.name(), node.virtualNode());
        }

        @Override
        public Node node(NodeRef ref) {
            return ALL.get(ref.runtime()).node(ref.name()).orElseThrow();
        }
    }
}
