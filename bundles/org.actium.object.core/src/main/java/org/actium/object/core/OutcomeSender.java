package org.actium.object.core;

import java.util.List;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.CallRefusedException;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends replies, and values of futures that went ahead of them. Any thread. */
final class OutcomeSender {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeSender.class);

    private final ObjectSpace space;
    private final Values values;
    private final Awaited awaited;
    private final Forwards forwards;

    OutcomeSender(ObjectSpace space, Values values, Awaited awaited, Threads threads) {
        this.space = space;
        this.values = values;
        this.awaited = awaited;
        this.forwards = new Forwards(threads, this::prepareValue);
    }

    /** What was announced to others and has not been sent yet. */
    Forwards forwards() {
        return forwards;
    }

    /** May block while the other side is slow. If the link is closed nobody waits for it. */
    void reply(Link link, long number, Outcome outcome) {
        try {
            send(link, Frames.Kind.REPLY, number, encode(outcome));
        } catch (LinkClosedException lost) {
            LOG.debug("reply {} to {} is not sent: the link is closed", number, link.peer());
        }
    }

    /** An outcome, ready to be sent. */
    private record Encoded(byte[] bytes, List<PendingOutcome> futures, List<Frames.Future> announced) {}

    private Encoded encode(Outcome outcome) {
        References references = References.outgoing(space);
        byte[] bytes = values.encode(outcome, references);
        return new Encoded(bytes, references.futures(), awaited.announced(references.futures()));
    }

    private void send(Link link, Frames.Kind kind, long number, Encoded outcome) {
        try {
            Frames.send(link, kind, out -> {
                out.writeLong(number);
                Frames.writeFutures(out, outcome.announced());
                out.write(outcome.bytes());
            });
        } catch (IllegalArgumentException tooLong) {
            CallRefusedException why =
                    new CallRefusedException("the outcome cannot be passed on: " + tooLong.getMessage());
            send(link, kind, number, encode(new Outcome.Failure(why)));
            return;
        }
        forwards.add(link, outcome.announced(), outcome.futures());
    }

    private Runnable prepareValue(Link link, long number, Outcome outcome) {
        Encoded encoded = encode(outcome);
        return () -> {
            try {
                send(link, Frames.Kind.FUTURE_VALUE, number, encoded);
            } catch (LinkClosedException lost) {
                LOG.debug("future {} does not reach {}: the link is closed", number, link.peer());
            }
        };
    }
}
