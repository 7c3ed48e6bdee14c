package org.actium.object.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of one link that are in their queues: told to their senders in batches, but not while a frame is handled, because
 * the reader of a link must not wait until the other side reads. A reply tells it too.
 */
final class Acknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    /** Most replies come sooner; who looks for deadlocks looks later. */
    private static final Duration PATIENCE = Duration.ofMillis(5);

    private final Link link;
    private final Threads threads;
    private final Time time;
    private final Queue<Long> requests = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final Set<Long> unanswered = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean waiting = new AtomicBoolean();

    Acknowledgements(Link link, Threads threads, Time time) {
        this.link = link;
        this.threads = threads;
        this.time = time;
    }

    /** As {@link #add}, of a request whose sender waits for the reply: it is told only if that does not come soon. */
    void addUnlessAnswered(long request) {
        unanswered.add(request);
        if (waiting.compareAndSet(false, true)) {
            time.after(PATIENCE, this::addUnanswered);
        }
    }

    /** The reply to that request leaves, and says that it was in its queue. */
    void answered(long request) {
        unanswered.remove(request);
    }

    private void addUnanswered() {
        waiting.set(false); // first: who adds one from now on waits again
        for (Iterator<Long> left = unanswered.iterator(); left.hasNext(); ) {
            long request = left.next();
            left.remove();
            add(request);
        }
    }

    /** Any thread; does not block. */
    void add(long request) {
        requests.add(request);
        if (sending.compareAndSet(false, true)) {
            if (!link.afterwards(this::sendAll)) {
                threads.run(this::sendAll);
            }
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
