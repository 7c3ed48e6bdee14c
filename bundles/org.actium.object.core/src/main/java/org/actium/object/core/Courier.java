package org.actium.object.core;

import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.RuntimeAddress;

/** Brings messages to other runtimes. What keeps one from leaving comes out as what it means to the caller. Any thread. */
final class Courier {

    private final Links links;
    private volatile boolean closed;

    Courier(Links links) {
        this.links = links;
    }

    /** From now on nothing leaves that is sent on behalf of a caller. */
    void close() {
        closed = true;
    }

    /**
     * Dials if need be, and blocks meanwhile.
     *
     * @param what is to be sent, for messages
     * @throws RequestNotSentException if the runtime cannot be reached, or this one runs no active objects any more
     */
    Link linkTo(RuntimeAddress home, String what) {
        if (closed) {
            throw new RequestNotSentException(
                    what + " was not sent: " + links.self().name() + " runs no active objects any more");
        }
        try {
            return links.to(home);
        } catch (RemotingException unreachable) {
            throw new RequestNotSentException(what + " was not sent: " + unreachable.getMessage(), unreachable);
        }
    }

    /**
     * May block while the other side is slow.
     *
     * @param what is sent, for messages
     * @throws OutcomeUnknownException if the link is closed: it may have arrived
     * @throws RequestNotSentException if it is too long
     */
    void send(Link link, Frames.Kind kind, String what, Frames.Content content) {
        send(link, kind, Frames.Haste.NOW, what, content, Payload.NONE);
    }

    /** @param values what comes behind the content */
    void send(Link link, Frames.Kind kind, Frames.Haste haste, String what, Frames.Content content, Payload values) {
        try {
            Frames.send(link, kind, haste, content, values);
        } catch (LinkClosedException lost) {
            throw new OutcomeUnknownException(
                    what + ": the link to " + link.peer() + " was lost while it was sent", lost);
        } catch (IllegalArgumentException tooLong) {
            throw new RequestNotSentException(what + " was not sent: " + tooLong.getMessage(), tooLong);
        }
    }
}
