package org.actium.object.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees every message of one body, in both directions. Fault tolerance, security and monitoring are built on it.
 *
 * <p>Called by the thread that sends or delivers the message, which it must not block; calls for one body may come from
 * several threads. An exception refuses the message and reaches its sender.
 */
@ConsumerType
public interface MessageInterceptor {

    /** Lets everything pass. */
    MessageInterceptor NONE = new MessageInterceptor() {};

    /**
     * This body is about to make a call that waits for its result and to which the application has given no limit of its
     * own. Asked once for each call, however often it is repeated; each attempt then departs as a request.
     *
     * @return {@link CallPolicy#NONE} to leave it alone; of several policies that of the innermost interceptor counts
     */
    default CallPolicy calling(StubMethod method) {
        return CallPolicy.NONE;
    }

    /** A request is about to leave this body. */
    default void departing(RequestView request) {}

    /**
     * A request is about to enter the queue of this body. A body that recovers gets again what it had got, and asks again.
     * {@code null} refuses it, as an exception does.
     */
    default Verdict arriving(RequestView request) {
        return Verdict.DELIVER;
    }

    /** This body begins to serve a request. */
    default void serving(RequestView request) {}

    /**
     * This body has served a request; its reply, if it has one, leaves next. Whoever was told that it begins is told this, as
     * long as it is there, and nobody else; by the same thread.
     */
    default void served(RequestView request, boolean normally) {}

    /**
     * Whether it has something to do now for {@link #replying}, {@link #answered} or {@link #acknowledged}, if it overrides
     * them: asked when a request departs and when a reply is to leave, for which nothing needs to be kept otherwise.
     */
    default boolean looksAtReplies() {
        return true;
    }

    /** The reply to a request that this body has served is about to leave. */
    default void replying(ReplyView reply) {}

    /**
     * The reply to a request of this body has come, and nobody has seen it yet. What is discarded is not waited for any
     * less: another reply is to come.
     */
    default Verdict answered(ReplyView reply) {
        return Verdict.DELIVER;
    }

    /**
     * A request of this body is in the queue of its target, as far as that is a body which says so, or its outcome is known, or
     * will never be: nothing is to be done for it any more. Not more than once for each request.
     */
    default void acknowledged(RequestView request) {}
}
