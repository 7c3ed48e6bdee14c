package org.actium.remote.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.actium.runtime.api.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several endpoints of a runtime accept connections. They are tried at once, because one that does not exist from here
 * says nothing for long; who answers there shows when it is dialled.
 */
final class Probe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();

    private Probe() throws IOException {
        selector = Selector.open();
    }

    /** Those that answered first come first; the others follow as they were. Blocks until one has, at most for the limit. */
    static List<Endpoint> order(List<Endpoint> endpoints, Duration limit) {
        try (Probe probe = new Probe()) {
            endpoints.forEach(probe::begin);
            List<Endpoint> answered = probe.firstToAnswer(limit);
            List<Endpoint> order = Stream.concat(answered.stream(), endpoints.stream())
                    .distinct()
                    .toList();
            LOG.debug("{} of {} answered first", answered, endpoints);
            return order;
        } catch (IOException withoutSelector) {
            LOG.debug("{} are not probed", endpoints, withoutSelector);
            return endpoints;
        }
    }

    private void begin(Endpoint endpoint) {
        InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
        if (address.isUnresolved()) {
            LOG.debug("{} is unknown", endpoint);
            return;
        }
        try {
            SocketChannel channel = SocketChannel.open();
            channels.add(channel);
            channel.configureBlocking(false);
            channel.connect(address);
            channel.register(selector, SelectionKey.OP_CONNECT, endpoint);
        } catch (IOException unreachable) {
            LOG.debug("{} cannot be reached", endpoint, unreachable);
        }
    }

    private List<Endpoint> firstToAnswer(Duration limit) throws IOException {
        List<Endpoint> answered = new ArrayList<>();
        long deadline = System.nanoTime() + limit.toNanos();
        long left = limit.toMillis();
        while (answered.isEmpty() && left > 0 && !selector.keys().isEmpty()) {
            selector.select(key -> finish(key, answered), left);
            selector.selectNow(); // forgets those that failed
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        return answered;
    }

    private static void finish(SelectionKey key, List<Endpoint> answered) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (channel.isConnected() || channel.finishConnect()) {
                answered.add((Endpoint) key.attachment());
            }
        } catch (IOException refused) {
            LOG.debug("{} refuses", key.attachment(), refused);
        }
        key.cancel();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
