package org.actium.object.core;

import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import org.actium.object.core.Interceptors.Hook;
import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Verdict;
import org.actium.runtime.spi.Time;

/**
 * The interceptors of a node, which its bodies share, until they are replaced. Whoever has these then and is not in them
 * passes those in their place; when all who are in them have left, nobody comes to them any more, and what they work with
 * may be closed.
 */
final class NodeChain {

    private final Chain chain;
    private final Visitors visitors = new Visitors();
    private final Present present;

    /**
     * Where those that were replaced find the last ones. So they do not keep each other: who holds one of them for hours, as
     * a long service does, keeps nothing of those that came and went meanwhile.
     */
    private static final class Present {
        private volatile NodeChain chain; // null if the node has none any more; written before visitors are closed
    }

    /** The first of a node that has none. */
    NodeChain(List<MessageInterceptor> outermostFirst, BiPredicate<Class<?>, Hook> concerns) {
        this(outermostFirst, concerns, new Present());
        present.chain = this;
    }

    private NodeChain(List<MessageInterceptor> outermostFirst, BiPredicate<Class<?>, Hook> concerns, Present present) {
        this.chain = new Chain(outermostFirst.reversed(), concerns);
        this.present = present;
    }

    boolean is(List<MessageInterceptor> outermostFirst) {
        return chain.is(outermostFirst.reversed());
    }

    /** Whether each of them is among the others. */
    boolean isWithin(List<MessageInterceptor> others) {
        return chain.all().stream().allMatch(one -> others.stream().anyMatch(other -> other == one));
    }

    /** Once. @return those that the node has instead */
    NodeChain replaceBy(List<MessageInterceptor> outermostFirst, BiPredicate<Class<?>, Hook> concerns) {
        NodeChain other = new NodeChain(outermostFirst, concerns, present);
        present.chain = other;
        visitors.close();
        return other;
    }

    /** Once; the node has none any more. */
    void remove() {
        present.chain = null;
        visitors.close();
    }

    /** Whether everybody has left, after they were replaced. */
    boolean isLeft() {
        return visitors.areGone();
    }

    /** To be called after they were replaced. @return whether everybody has left */
    boolean awaitLeft(Time time, Duration limit) {
        return visitors.awaitGone(time, limit);
    }

    /** @return where this thread is let in, which it must {@link #leave}; {@code null} if the node has none now */
    private NodeChain entered() {
        NodeChain last = this;
        while (last != null && !last.visitors.enter()) {
            last = present.chain; // another one, as it was written before the other was closed
        }
        return last;
    }

    private void leave() {
        visitors.leave();
    }

    CallPolicy calling(StubMethod method) {
        NodeChain entered = chain.seesCalls() ? entered() : null;
        if (entered == null) {
            return CallPolicy.NONE;
        }
        try {
            return entered.chain.calling(method);
        } finally {
            entered.leave();
        }
    }

    void departing(RequestView request) {
        NodeChain entered = chain.seesDepartures() ? entered() : null;
        if (entered != null) {
            try {
                entered.chain.departing(request);
            } finally {
                entered.leave();
            }
        }
    }

    boolean seesArrivals() {
        return chain.seesArrivals();
    }

    Verdict arriving(RequestView request) {
        NodeChain entered = chain.seesArrivals() ? entered() : null;
        if (entered == null) {
            return Verdict.DELIVER;
        }
        try {
            return entered.chain.arriving(request);
        } finally {
            entered.leave();
        }
    }

    /** @return who was told, and is to be told the end: this, or what has replaced it; {@code null} if nobody */
    NodeChain serving(RequestView request) {
        if (!chain.seesServices()) {
            return this;
        }
        NodeChain entered = entered();
        if (entered != null) {
            try {
                entered.chain.serving(request);
            } finally {
                entered.leave();
            }
        }
        return entered;
    }

    /**
     * To be called of those that were told that it begins.
     *
     * @param now those of the node now: who has left is not told, nor who came meanwhile; {@code null} if there are none
     * @param failure as {@link Chain#over} has it, which says what this returns, too
     */
    Throwable served(RequestView request, boolean normally, NodeChain now, Throwable failure) {
        NodeChain entered = chain.seesEnds() && now != null ? now.entered() : null;
        if (entered == null) {
            return failure;
        }
        try {
            return entered == this
                    ? chain.over(request, normally, failure)
                    : chain.over(request, normally, entered.chain::contains, failure);
        } finally {
            entered.leave();
        }
    }

    boolean seesReplies() {
        return looks(Hook.REPLYING);
    }

    boolean seesAnswers() {
        return looks(Hook.ANSWERED);
    }

    boolean seesAcknowledgements() {
        return looks(Hook.ACKNOWLEDGED);
    }

    private boolean looks(Hook at) {
        NodeChain entered = chain.concernsReplies() ? entered() : null;
        if (entered == null) {
            return false;
        }
        try {
            return switch (at) {
                case REPLYING -> entered.chain.seesReplies();
                case ANSWERED -> entered.chain.seesAnswers();
                case ACKNOWLEDGED -> entered.chain.seesAcknowledgements();
                case CALLING, DEPARTING, ARRIVING, SERVING, SERVED -> throw new IllegalArgumentException("" + at);
            };
        } finally {
            entered.leave();
        }
    }

    void replying(ReplyView reply) {
        NodeChain entered = chain.concernsReplies() ? entered() : null;
        if (entered != null) {
            try {
                entered.chain.replying(reply);
            } finally {
                entered.leave();
            }
        }
    }

    Verdict answered(ReplyView reply) {
        NodeChain entered = chain.concernsReplies() ? entered() : null;
        if (entered == null) {
            return Verdict.DELIVER;
        }
        try {
            return entered.chain.answered(reply);
        } finally {
            entered.leave();
        }
    }

    void acknowledged(RequestView request) {
        NodeChain entered = chain.concernsReplies() ? entered() : null;
        if (entered != null) {
            try {
                entered.chain.acknowledged(request);
            } finally {
                entered.leave();
            }
        }
    }

    @Override
    public String toString() {
        return chain.all().reversed().stream()
                .map(one -> one.getClass().getName())
                .toList()
                .toString();
    }
}
