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

    /** A request is about to leave this body. */
    default void departing(RequestView request) {}

    /** A request is about to enter the queue of this body. */
    default Verdict arriving(RequestView request) {
        return Verdict.DELIVER;
    }

    /** This body begins to serve a request. */
    default void serving(RequestView request) {}

    /** This body has served a request; its reply, if it has one, leaves next. */
    default void served(RequestView request, boolean normally) {}
}
