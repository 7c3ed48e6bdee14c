package org.actium.object.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
    private final Dictionaries dictionaries;
    private final Forwards forwards;

    OutcomeSender(ObjectSpace space, Values values, Awaited awaited, Dictionaries dictionaries, Threads threads) {
        this.space = space;
        this.values = values;
        this.awaited = awaited;
        this.dictionaries = dictionaries;
        this.forwards = new Forwards(threads, this::prepareValue);
    }

    /** What was announced to others and has not been sent yet. */
    Forwards forwards() {
        return forwards;
    }

    /** May block while the other side is slow. If the link is closed nobody waits for it. @param call for messages */
    void reply(Link link, long number, Outcome outcome, Object call) {
        prepare(link, number, outcome, ReplyFlags.NONE, call).accept(Frames.Haste.NOW);
    }

    /** @return sends it as it is now, as {@link #reply} */
    Consumer<Frames.Haste> prepare(Link link, long number, Outcome outcome, ReplyFlags flags, Object call) {
        Encoded encoded = encode(link, outcome, flags, call);
        return haste -> reply(link, number, encoded, haste, call);
    }

    private void reply(Link link, long number, Encoded outcome, Frames.Haste haste, Object call) {
        try {
            send(link, Frames.Kind.REPLY, number, outcome, haste, call);
        } catch (LinkClosedException lost) {
            LOG.debug("reply {} to {} is not sent: the link is closed", number, link.peer());
        }
    }

    /** Instead of a reply to a request for an active object that is not there any more. May block, as {@link #reply}. */
    void ended(Link link, long number, Optional<FailureReport> cause) {
        try {
            Frames.send(link, Frames.Kind.ENDED, out -> {
                Frames.writeNumber(out, number);
                out.writeBoolean(cause.isPresent());
                if (cause.isPresent()) {
                    cause.get().writeTo(out);
                }
            });
        } catch (LinkClosedException lost) {
            LOG.debug("reply {} to {} is not sent: the link is closed", number, link.peer());
        }
    }

    /** An outcome, ready to be sent. */
    private record Encoded(
            Payload bytes, ReplyFlags flags, List<PendingOutcome> futures, List<Frames.Future> announced) {}

    private Encoded encode(Link link, Outcome outcome, ReplyFlags flags, Object call) {
        References references = References.outgoing(space);
        Payload bytes = values.encode(outcome, references, dictionaries.of(link).sentClasses(), link::memory, call);
        return new Encoded(bytes, flags, references.futures(), awaited.announced(references.futures()));
    }

    private void send(Link link, Frames.Kind kind, long number, Encoded outcome, Frames.Haste haste, Object call) {
        try {
            Frames.Content head = out -> {
                Frames.writeNumber(out, number);
                if (kind == Frames.Kind.REPLY) {
                    outcome.flags().writeTo(out, link.version());
                }
                Frames.writeFutures(out, outcome.announced());
            };
            Frames.send(link, kind, haste, head, outcome.bytes());
        } catch (IllegalArgumentException tooLong) {
            CallRefusedException why = Failures.notPassedOn(call, tooLong);
            send(link, kind, number, encode(link, new Outcome.Failure(why), outcome.flags(), call), haste, call);
            return;
        }
        forwards.add(link, outcome.announced(), outcome.futures());
    }

    private Runnable prepareValue(Link link, long number, Outcome outcome, Object call) {
        Encoded encoded = encode(link, outcome, ReplyFlags.NONE, call);
        return () -> {
            try {
                send(link, Frames.Kind.FUTURE_VALUE, number, encoded, Frames.Haste.NOW, call);
            } catch (LinkClosedException lost) {
                LOG.debug("future {} does not reach {}: the link is closed", number, link.peer());
            }
        };
    }
}
