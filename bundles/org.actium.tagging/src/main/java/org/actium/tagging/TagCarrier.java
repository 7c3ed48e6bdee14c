package org.actium.tagging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.actium.object.api.ActiveContext;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;

/**
 * Carries tags from the request that is served to those that are sent meanwhile. One for all bodies of a runtime: the
 * tags in force belong to the thread that serves, which may serve one request within another.
 *
 * <p>Until the first tag of this runtime nothing is kept, so that calls cost nothing more.
 */
final class TagCarrier implements MessageInterceptor {

    private static final String ATTACHMENT = "org.actium.tags";

    private final TagMemories memories;
    /** Of the requests that the thread serves, the innermost first; one that began before the first tag may be missing. */
    private final ThreadLocal<Deque<TagSet>> served = new ThreadLocal<>();

    private volatile boolean used;

    TagCarrier(TagMemories memories) {
        this.memories = memories;
    }

    @Override
    public void serving(RequestView request) {
        Optional<TagSet> brought = request.attachment(ATTACHMENT).map(TagSet::read);
        if (brought.isPresent()) {
            used = true; // and not written otherwise: all threads of the runtime read it for each call
        }
        if (used) {
            TagSet tags = brought.orElseGet(TagSet::empty);
            tags.values().keySet().forEach(tag -> memories.renew(request.target(), tag));
            push(tags);
        }
    }

    @Override
    public void served(RequestView request, boolean normally) {
        Deque<TagSet> all = used ? served.get() : null;
        if (all != null) {
            all.poll();
            if (all.isEmpty()) {
                served.remove();
            }
        }
    }

    @Override
    public void departing(RequestView request) {
        Deque<TagSet> all = used ? served.get() : null;
        if (all != null && !all.isEmpty() && !all.peek().isEmpty()) {
            request.attach(ATTACHMENT, all.peek().bytes());
        }
    }

    /** Empty if this thread serves no request. */
    Optional<TagSet> inForce() {
        if (ActiveContext.find().flatMap(ActiveContext::request).isEmpty()) {
            return Optional.empty();
        }
        used = true;
        if (served.get() == null) {
            push(TagSet.empty());
        }
        return Optional.of(served.get().peek());
    }

    private void push(TagSet tags) {
        Deque<TagSet> all = served.get();
        if (all == null) {
            all = new ArrayDeque<>();
            served.set(all);
        }
        all.push(tags);
    }
}
