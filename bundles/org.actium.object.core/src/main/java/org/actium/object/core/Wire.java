package org.actium.object.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.CodecException;
import org.actium.future.spi.Outcome;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.BodyId;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.object.api.Termination;
import org.actium.object.spi.Marks;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.NodeRef;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;

/**
 * Calls to other runtimes, over the channel {@code OBJECTS}. What is to come back is kept by {@link Awaited}, what
 * comes is read by {@link Arrivals}, and {@link OutcomeSender} answers it.
 *
 * <p>Every message begins with its kind. A message that carries values first announces the futures in them by number, so
 * that the receiver holds their place before it reads the values, which it does on the thread of the body concerned; the
 * value of a future follows later on the same channel and so never comes too early.
 */
final class Wire implements AutoCloseable {

    private static final ClassScope OWN_CLASSES = ClassScope.of(Wire.class.getClassLoader());

    private final ObjectSpace space;
    private final Links links;
    private final Values values;
    private final Waits waits;
    private final Courier courier;
    private final Dictionaries dictionaries;
    private final Awaited awaited;
    private final OutcomeSender outcomes;
    private final Needs needs;
    private final Registration channel;
    private final Registration listening;

    Wire(ObjectSpace space, Links links, Values values, Copies copies, Time time, Threads threads, Waits waits) {
        this.space = space;
        this.links = links;
        this.values = values;
        this.waits = waits;
        this.courier = new Courier(links);
        this.awaited = new Awaited(waits, copies::ofThrown, space.failures());
        this.dictionaries = new Dictionaries(links.self().id(), values.codec());
        this.outcomes = new OutcomeSender(space, values, awaited, dictionaries, threads);
        RemoteBirths births = new RemoteBirths(space, values, waits);
        this.needs = new Needs(space, awaited, outcomes.forwards(), births);
        Arrivals arrivals = new Arrivals(space, values, awaited, outcomes, births, dictionaries, waits, time, threads);
        this.channel = links.handle(Channel.OBJECTS, arrivals);
        this.listening = links.listen(new LinkListener() {
            @Override
            public void closed(Link link, String reason) {
                arrivals.lost(link);
                outcomes.forwards().drop(link);
                awaited.lost(link, reason);
                dictionaries.lost(link);
            }

            @Override
            public boolean needs(Link link) {
                return awaited.isAwaitedFrom(link);
            }
        });
    }

    Needs needs() {
        return needs;
    }

    RuntimeAddress self() {
        return links.self();
    }

    /**
     * No call leaves from now on, and everybody who waits for something from elsewhere is told, and so are those elsewhere
     * who wait for values that would have come from here.
     */
    @Override
    public void close() {
        courier.close();
        listening.close();
        channel.close();
        String why = self().name() + " runs no active objects any more";
        awaited.lostAll(why);
        outcomes.forwards().close(why);
    }

    // ---- sending

    /** A request that is ready to leave: its arguments may change. */
    interface Departure {
        /** Under which the reply is expected. */
        long number();

        /** Sends it, once; blocks as sending does. @return its number */
        long leave();
    }

    /** @param reply empty for a one-way call */
    Departure prepare(BodyRef target, Request request, Object[] arguments, Outbox outbox, Optional<Calls.Reply> reply) {
        String call = request.method() + " on " + target.name();
        Link link = courier.linkTo(target.home(), call);
        Dictionary dictionary = dictionaries.of(link);
        long number = awaited.nextNumber();
        References references = References.outgoing(space);
        Payload encoded;
        try {
            encoded = values.encode(arguments, references, dictionary.sentClasses(), link::memory);
        } catch (CodecException notSerializable) {
            throw Failures.notSent(CallName.of(target, request.signature()), arguments.length, notSerializable);
        }
        return new Departure() {
            @Override
            public long number() {
                return number;
            }

            @Override
            public long leave() {
                outbox.waitForWindow();
                send(new Leaving(number, call, link, target, request), outbox, reply, references, encoded);
                return number;
            }
        };
    }

    /** @param call for messages */
    private record Leaving(long number, String call, Link link, BodyRef target, Request request) {}

    private void send(
            Leaving leaving, Outbox outbox, Optional<Calls.Reply> reply, References references, Payload encoded) {
        long number = leaving.number();
        Link link = leaving.link();
        Request request = leaving.request();
        Dictionary dictionary = dictionaries.of(link);
        ClassScope scope = space.scope(leaving.target().type());
        Optional<Integer> signature = dictionary.define(request.signature());
        awaited.acknowledgement(number, link, outbox, request, leaving.call());
        reply.ifPresent(expected -> awaited.reply(number, link, expected, scope));
        List<Frames.Future> futures = awaited.announced(references.futures());
        RequestFlags flags = new RequestFlags(
                request.oneWay(),
                reply.map(Calls.Reply::awaited).orElse(false),
                !request.marks().equals(Marks.NONE));
        Frames.Haste haste = flags.awaited() ? Frames.Haste.NOW : Frames.Haste.SOON;
        Frames.Content head = out -> {
            dictionary.writeId(out, Optional.of(request.target()));
            dictionary.writeId(out, request.sender());
            Frames.writeNumber(out, request.thread());
            Frames.writeNumber(out, request.sequence());
            flags.writeTo(out, link.version());
            Dictionary.writeSignature(out, signature, request.signature());
            Frames.write(out, request.attachments());
            if (flags.isMarked(link.version())) {
                Frames.write(out, request.marks());
            }
            Frames.writeFutures(out, futures);
        };
        sendNumbered(link, Frames.Kind.REQUEST, haste, number, leaving.call(), head, encoded);
        outcomes.forwards().add(link, futures, references.futures());
    }

    /** What is awaited under that number is given up if the message does not leave. */
    private void sendNumbered(Link link, Frames.Kind kind, long number, String what, Frames.Content content) {
        sendNumbered(link, kind, Frames.Haste.NOW, number, what, content, Payload.NONE);
    }

    /** @param values what comes behind the content */
    private void sendNumbered(
            Link link,
            Frames.Kind kind,
            Frames.Haste haste,
            long number,
            String what,
            Frames.Content content,
            Payload values) {
        Frames.Content numbered = out -> {
            Frames.writeNumber(out, number);
            content.writeTo(out);
        };
        try {
            courier.send(link, kind, haste, what, numbered, values);
        } catch (ActiveObjectException notSent) {
            awaited.forget(number);
            throw notSent;
        }
    }

    /** Nobody waits for that reply any more: it will be dropped. */
    void giveUp(long number) {
        awaited.takeReply(number);
    }

    /** @return where the stub arrives when the constructor there has returned */
    ReplySlot create(NodeRef node, ClassSpace classSpace, Birth birth, Object[] arguments) {
        Class<?> type = birth.type();
        String what = "creation of " + type.getName() + " on node " + node.name();
        Link link = courier.linkTo(node.runtime(), what);
        long number = awaited.nextNumber();
        References references = References.outgoing(space);
        Payload encoded;
        try {
            encoded = values.encode(arguments, references, dictionaries.of(link).sentClasses(), link::memory);
        } catch (CodecException notSerializable) {
            throw birth.notSent(arguments.length, notSerializable);
        }
        ReplySlot slot = new ReplySlot("creation of " + type.getName(), node.name(), Optional.empty(), waits);
        awaited.creation(number, link, new Calls.Reply(slot, slot), space.scope(birth.face()));
        List<Frames.Future> futures = awaited.announced(references.futures());
        Frames.Content head = out -> {
            out.writeUTF(node.name());
            out.writeUTF(classSpace.name());
            out.writeUTF(classSpace.version());
            out.writeUTF(type.getName());
            out.writeUTF(birth.face().getName());
            out.writeBoolean(birth.turned());
            out.writeBoolean(birth.acting());
            out.writeBoolean(birth.name().isPresent());
            out.writeUTF(birth.name().orElse(""));
            Frames.writeFutures(out, futures);
        };
        sendNumbered(link, Frames.Kind.CREATION, Frames.Haste.NOW, number, what, head, encoded);
        outcomes.forwards().add(link, futures, references.futures());
        return slot;
    }

    /** @throws OutcomeUnknownException if the link was lost meanwhile: it may have been told */
    void terminate(BodyRef target, Termination when, Outbox outbox) {
        String what = "termination of " + target.name();
        Link link = courier.linkTo(target.home(), what);
        long number = awaited.nextNumber();
        awaited.acknowledgement(number, link, outbox, what);
        sendNumbered(link, Frames.Kind.TERMINATION, number, what, out -> {
            Frames.write(out, target.id());
            out.writeByte(when.ordinal());
        });
    }

    /** In order with replies. */
    void tell(RuntimeAddress runtime, ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        Frames.send(links.to(runtime), Frames.Kind.WAITS, out -> out.write(bytes));
    }

    /** @throws OutcomeUnknownException if the link was lost meanwhile: it may have been told */
    void interrupt(BodyRef target) {
        String what = "interruption of " + target.name();
        courier.send(
                courier.linkTo(target.home(), what),
                Frames.Kind.INTERRUPTION,
                what,
                out -> Frames.write(out, target.id()));
    }

    /** Whether it is known to live within that time. */
    boolean isAlive(BodyRef target, Duration limit) {
        return ping(target.id(), target.home(), limit) == Pulse.ALIVE;
    }

    /** Whether it is not known to be dead within that time; in a runtime that is out of reach it counts as dead. */
    boolean mayLive(BodyId body, RuntimeAddress home, Duration limit) {
        return ping(body, home, limit) != Pulse.DEAD;
    }

    private enum Pulse {
        ALIVE,
        UNKNOWN,
        DEAD
    }

    private Pulse ping(BodyId body, RuntimeAddress home, Duration limit) {
        String what = "ping of " + body;
        long number = awaited.nextNumber();
        try {
            Link link = courier.linkTo(home, what);
            ReplySlot slot = new ReplySlot(what, home.name(), Optional.empty(), waits);
            awaited.reply(number, link, new Calls.Reply(slot, slot), OWN_CLASSES);
            sendNumbered(link, Frames.Kind.PING, number, what, out -> Frames.write(out, body));
            return switch (slot.await(limit).orElse(null)) {
                case Outcome.Value(Object alive) -> alive.equals(true) ? Pulse.ALIVE : Pulse.DEAD;
                case Outcome.Failure(RequestNotSentException _) -> Pulse.DEAD; // no active objects there
                case Outcome.Failure _ -> Pulse.UNKNOWN;
                case null -> Pulse.UNKNOWN;
            };
        } catch (RequestNotSentException unreachable) {
            return Pulse.DEAD;
        } catch (OutcomeUnknownException lost) {
            return Pulse.UNKNOWN;
        } finally {
            awaited.forget(number);
        }
    }

    /** Blocks until the other runtime has answered what {@link Census} finds there. */
    List<?> list(NodeRef node, String type) {
        String what = "list of the active objects on node " + node.name();
        long number = awaited.nextNumber();
        Link link = courier.linkTo(node.runtime(), what);
        ReplySlot slot = new ReplySlot(what, node.runtime().name(), Optional.empty(), waits);
        awaited.reply(number, link, new Calls.Reply(slot, slot), OWN_CLASSES);
        sendNumbered(link, Frames.Kind.LISTING, number, what, out -> {
            out.writeUTF(node.name());
            out.writeUTF(type);
        });
        return switch (slot.await()) {
            case Outcome.Value(List<?> found) -> found;
            case Outcome.Value(Object odd) -> throw new CodecException(what + " is not a list: " + odd);
            case Outcome.Failure(RuntimeException told) -> throw told;
            case Outcome.Failure(Throwable cause) -> throw new OutcomeUnknownException(what + ": " + cause, cause);
        };
    }

    /** How much is kept of calls that are not over: awaited, or to be forwarded. */
    int unsettled() {
        return awaited.size() + outcomes.forwards().size();
    }
}
