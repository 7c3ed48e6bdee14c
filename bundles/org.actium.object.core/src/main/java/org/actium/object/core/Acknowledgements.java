package org.actium.object.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of one link that are in their queues: told to their senders in batches, by a thread of their own, because the
 * reader of a link must not wait until the other side reads.
 */
final class Acknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private final Link link;
    private final Threads threads;
    private final Queue<Long> requests = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sending = new AtomicBoolean();

    Acknowledgements(Link link, Threads threads) {
        this.link = link;
        this.threads = threads;
    }

    /** Any thread; does not block. */
    void add(long request) {
        requests.add(request);
        if (sending.compareAndSet(false, true)) {
            threads.run(this::sendAll);
        }
    }

    private void sendAll() {
        do {
            List<Long> batch = new ArrayList<>();
            for (Long request = requests.poll(); request != null; request = requests.poll()) {
                batch.add(request);
            }
            send(batch);
            sending.set(false);
        } while (!requests.isEmpty() && sending.compareAndSet(false, true));
    }

    private void send(List<Long> batch) {
        try {
            Frames.send(link, Frames.Kind.ACKNOWLEDGEMENTS, out -> Frames.write(out, batch));
        } catch (LinkClosedException lost) {
            LOG.debug("{} acknowledgements do not reach {}: the link is closed", batch.size(), link.peer());
        }
    }
}
