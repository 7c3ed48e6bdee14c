package org.actium.object.core;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.CodecException;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.BodyId;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.CreationException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.object.api.Termination;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.NodeRef;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls between runtimes: what goes over the channel {@code OBJECTS}, encoded, decoded and passed on; what is to come
 * back is kept by {@link Awaited}.
 *
 * <p>Every message begins with its kind. A message that carries values first announces the futures in them by number, so
 * that the receiver holds their place before it reads the values, which it does on the thread of the body concerned; the
 * value of a future follows later on the same channel and so never comes too early.
 */
final class Wire implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private static final Termination[] TERMINATIONS = Termination.values();
    /** Messages that begin with a number under which their answer is awaited. */
    private static final Set<Frames.Kind> ANSWERED =
            EnumSet.of(Frames.Kind.REQUEST, Frames.Kind.CREATION, Frames.Kind.PING, Frames.Kind.LISTING);

    private static final ClassScope OWN_CLASSES = ClassScope.of(Wire.class.getClassLoader());

    private final ObjectSpace space;
    private final Links links;
    private final Values values;
    private final Threads threads;
    private final Waits waits;
    private final Awaited awaited;
    private final Forwards forwards;
    private final Needs needs;
    private final RemoteBirths births;
    private final Map<Link, Acknowledgements> acknowledgements = new ConcurrentHashMap<>();
    private final Registration channel;
    private final Registration listening;
    private volatile boolean closed;

    Wire(ObjectSpace space, Links links, Values values, Threads threads, Waits waits) {
        this.space = space;
        this.links = links;
        this.values = values;
        this.threads = threads;
        this.awaited = new Awaited(waits, space.failures());
        this.forwards = new Forwards(threads, this::prepareValue);
        this.needs = new Needs(space, awaited, forwards);
        this.births = new RemoteBirths(space, values, waits);
        this.waits = waits;
        this.channel = links.handle(Channel.OBJECTS, new FrameHandler() {
            @Override
            public void received(Link from, ByteBuffer frame) {
                Wire.this.received(from, frame);
            }

            @Override
            public void refused(Link by, ByteBuffer start) {
                Wire.this.refused(by, start);
            }
        });
        this.listening = links.listen(new LinkListener() {
            @Override
            public void closed(Link link, String reason) {
                acknowledgements.remove(link);
                forwards.drop(link);
                awaited.lost(link, reason);
            }
        });
    }

    Needs needs() {
        return needs;
    }

    RuntimeAddress self() {
        return links.self();
    }

    /** Nothing is sent from now on, and everybody who waits for something from elsewhere is told. */
    @Override
    public void close() {
        closed = true;
        listening.close();
        channel.close();
        forwards.dropAll();
        awaited.lostAll(self().name() + " runs no active objects any more");
    }

    // ---- sending

    /** @param reply empty for a one-way call. @return the number under which it is expected */
    long send(BodyRef target, Request request, Object[] arguments, Outbox outbox, Optional<Calls.Reply> reply) {
        outbox.waitForWindow();
        long number = awaited.nextNumber();
        References references = References.outgoing(space);
        byte[] encoded = values.encode(arguments, references, "argument of " + request.method());
        ClassScope scope = space.scope(target.type());
        Link link = linkTo(target.home(), request.method(), target.name());
        awaited.acknowledgement(number, link, outbox, request);
        reply.ifPresent(expected -> awaited.reply(number, link, expected, scope));
        List<Frames.Future> futures = announced(references);
        try {
            Frames.send(link, Frames.Kind.REQUEST, out -> {
                out.writeLong(number);
                Frames.write(out, request.target());
                Frames.write(out, request.sender());
                out.writeLong(request.sequence());
                out.writeBoolean(request.oneWay());
                out.writeUTF(request.signature());
                Frames.write(out, request.attachments());
                Frames.writeFutures(out, futures);
                out.write(encoded);
            });
        } catch (LinkClosedException lost) {
            awaited.forget(number);
            throw new OutcomeUnknownException(
                    request.method() + " on " + target.name() + ": the link to " + target.home() + " was lost while the"
                            + " request was sent",
                    lost);
        } catch (IllegalArgumentException tooLong) {
            awaited.forget(number);
            throw new RequestNotSentException(
                    request.method() + " on " + target.name() + " was not sent: " + tooLong.getMessage(), tooLong);
        }
        forwards.add(link, futures, references.futures());
        return number;
    }

    /** Nobody waits for that reply any more: it will be dropped. */
    void giveUp(long number) {
        awaited.takeReply(number);
    }

    /** Blocks until the constructor there has returned. @return a stub */
    Object create(NodeRef node, ClassSpace classSpace, Birth birth, Object[] arguments) {
        Class<?> type = birth.type();
        long number = awaited.nextNumber();
        References references = References.outgoing(space);
        byte[] encoded = values.encode(arguments, references, birth.argument());
        Link link = linkTo(node.runtime(), "creation of " + type.getName(), "node " + node.name());
        ReplySlot slot = new ReplySlot("creation of " + type.getName(), node.name(), Optional.empty(), waits);
        awaited.reply(number, link, new Calls.Reply(slot, slot::set), space.scope(birth.face()));
        List<Frames.Future> futures = announced(references);
        try {
            Frames.send(link, Frames.Kind.CREATION, out -> {
                out.writeLong(number);
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
                out.write(encoded);
            });
        } catch (LinkClosedException lost) {
            awaited.forget(number);
            throw new OutcomeUnknownException(
                    "creation of " + type.getName() + " on node " + node.name() + ": the link to " + node.runtime()
                            + " was lost",
                    lost);
        } catch (IllegalArgumentException tooLong) {
            awaited.forget(number);
            throw new RequestNotSentException(
                    "creation of " + type.getName() + " on node " + node.name() + " was not sent: "
                            + tooLong.getMessage(),
                    tooLong);
        }
        forwards.add(link, futures, references.futures());
        return switch (slot.await()) {
            case Outcome.Value(Object stub) -> stub;
            case Outcome.Failure(ActiveObjectException told) -> throw told;
            case Outcome.Failure(Throwable cause) -> throw new CreationException(cause.toString(), cause);
        };
    }

    void terminate(BodyRef target, Termination when) {
        Frames.send(linkTo(target.home(), "termination", target.name()), Frames.Kind.TERMINATION, out -> {
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

    void interrupt(BodyRef target) {
        Frames.send(
                linkTo(target.home(), "interruption", target.name()),
                Frames.Kind.INTERRUPTION,
                out -> Frames.write(out, target.id()));
    }

    /** Blocks until it is known, at most for that long. */
    boolean isAlive(BodyRef target, Duration limit) {
        try {
            return isAlive(linkTo(target.home(), "ping", target.name()), target.id(), limit);
        } catch (RequestNotSentException unreachable) {
            return false;
        }
    }

    /** As above, for a body that is known by what it sent: it came over a link. */
    boolean isAlive(BodyId body, Duration limit) {
        return links.existing(body.birthplace())
                .map(link -> isAlive(link, body, limit))
                .orElse(false);
    }

    private boolean isAlive(Link link, BodyId body, Duration limit) {
        long number = awaited.nextNumber();
        ReplySlot slot = new ReplySlot("ping of " + body, link.peer().name(), Optional.empty(), waits);
        awaited.reply(number, link, new Calls.Reply(slot, slot::set), OWN_CLASSES);
        try {
            Frames.send(link, Frames.Kind.PING, out -> {
                out.writeLong(number);
                Frames.write(out, body);
            });
            return slot.await(limit).equals(Optional.of(new Outcome.Value(true)));
        } catch (LinkClosedException lost) {
            return false;
        } finally {
            awaited.forget(number);
        }
    }

    /** Blocks until the other runtime has answered what {@link Census} finds there. */
    List<?> list(NodeRef node, String type) {
        String what = "list of the active objects on node " + node.name();
        long number = awaited.nextNumber();
        Link link = linkTo(node.runtime(), what, node.runtime().name());
        ReplySlot slot = new ReplySlot(what, node.runtime().name(), Optional.empty(), waits);
        awaited.reply(number, link, new Calls.Reply(slot, slot::set), OWN_CLASSES);
        try {
            Frames.send(link, Frames.Kind.LISTING, out -> {
                out.writeLong(number);
                out.writeUTF(node.name());
                out.writeUTF(type);
            });
        } catch (LinkClosedException lost) {
            awaited.forget(number);
            throw new OutcomeUnknownException(what + ": the link to " + node.runtime() + " was lost", lost);
        }
        return switch (slot.await()) {
            case Outcome.Value(List<?> found) -> found;
            case Outcome.Value(Object odd) -> throw new CodecException(what + " is not a list: " + odd);
            case Outcome.Failure(RuntimeException told) -> throw told;
            case Outcome.Failure(Throwable cause) -> throw new OutcomeUnknownException(what + ": " + cause, cause);
        };
    }

    private void receiveListing(Link from, DataInputStream in) throws IOException {
        long number = in.readLong();
        String node = in.readUTF();
        String type = in.readUTF();
        threads.run(() -> reply(from, number, space.census().answer(node, type)));
    }

    private void receivePing(Link from, DataInputStream in) throws IOException {
        long number = in.readLong();
        boolean alive = space.body(Frames.readId(in)).isPresent();
        threads.run(() -> reply(from, number, new Outcome.Value(alive)));
    }

    private void reply(Link link, long number, Outcome outcome) {
        try {
            sendOutcome(link, Frames.Kind.REPLY, number, outcome);
        } catch (LinkClosedException lost) {
            LOG.debug("reply {} to {} is not sent: the link is closed", number, link.peer());
        }
    }

    private void sendOutcome(Link link, Frames.Kind kind, long number, Outcome outcome) {
        send(link, kind, number, encode(outcome));
    }

    /** An outcome, ready to be sent. */
    private record Encoded(byte[] bytes, List<PendingOutcome> futures, List<Frames.Future> announced) {}

    private Encoded encode(Outcome outcome) {
        References references = References.outgoing(space);
        byte[] bytes = values.encode(outcome, references);
        return new Encoded(bytes, references.futures(), announced(references));
    }

    private void send(Link link, Frames.Kind kind, long number, Encoded outcome) {
        try {
            Frames.send(link, kind, out -> {
                out.writeLong(number);
                Frames.writeFutures(out, outcome.announced());
                out.write(outcome.bytes());
            });
        } catch (IllegalArgumentException tooLong) {
            sendOutcome(
                    link,
                    kind,
                    number,
                    new Outcome.Failure(
                            new CallRefusedException("the outcome cannot be passed on: " + tooLong.getMessage())));
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

    private List<Frames.Future> announced(References references) {
        List<Frames.Future> futures = new ArrayList<>(references.futures().size());
        for (PendingOutcome future : references.futures()) {
            futures.add(new Frames.Future(awaited.nextNumber(), future.call(), ReplySlot.producerOf(future)));
        }
        return futures;
    }

    private Link linkTo(RuntimeAddress home, String call, String target) {
        if (closed) {
            throw new RequestNotSentException(
                    call + " on " + target + " was not sent: " + self().name() + " runs no active objects any more");
        }
        try {
            return links.to(home);
        } catch (RemotingException unreachable) {
            throw new RequestNotSentException(
                    call + " on " + target + " was not sent: " + unreachable.getMessage(), unreachable);
        }
    }

    // ---- receiving

    private void received(Link from, ByteBuffer frame) {
        try (DataInputStream in = Frames.open(frame)) {
            switch (Frames.readKind(in)) {
                case REQUEST -> receiveRequest(from, in);
                case REPLY -> receiveReply(from, in);
                case ACKNOWLEDGEMENTS -> receiveAcknowledgements(in);
                case CREATION -> receiveCreation(from, in);
                case TERMINATION -> space.end(Frames.readId(in), TERMINATIONS[in.readByte()]);
                case FUTURE_VALUE -> receiveValue(from, in);
                case WAITS -> waits.told(from.peer(), ByteBuffer.wrap(in.readAllBytes()));
                case INTERRUPTION -> space.interrupt(Frames.readId(in));
                case PING -> receivePing(from, in);
                case LISTING -> receiveListing(from, in);
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException("message from " + from.peer() + " is damaged", damaged);
        }
    }

    /** The other runtime has no active objects (yet): what was sent was not served. */
    private void refused(Link by, ByteBuffer start) {
        try (DataInputStream in = Frames.open(start)) {
            Frames.Kind kind = Frames.readKind(in);
            if (!ANSWERED.contains(kind)) {
                LOG.warn("{} dropped a message ({}): it runs no active objects", by.peer(), kind);
                return;
            }
            long number = in.readLong();
            awaited.failed(number, new RequestNotSentException(by.peer() + " runs no active objects (yet)"));
        } catch (IOException damaged) {
            throw new UncheckedIOException("refusal from " + by.peer() + " is damaged", damaged);
        }
    }

    private void receiveRequest(Link from, DataInputStream in) throws IOException {
        long number = in.readLong();
        BodyId target = Frames.readId(in);
        Optional<BodyId> sender = Frames.readOptionalId(in);
        long sequence = in.readLong();
        boolean oneWay = in.readBoolean();
        String signature = in.readUTF();
        Map<String, byte[]> attachments = Frames.readAttachments(in);
        Optional<Body> body = space.body(target);
        List<PendingOutcome> futures = body.isPresent()
                ? readFutures(from, in, () -> space.scope(body.get().type()))
                : skipFutures(in);
        byte[] encoded = in.readAllBytes();
        Request request = new Request(
                target,
                sender,
                sequence,
                signature,
                () -> readArguments(encoded, body.orElseThrow(), futures),
                oneWay ? null : replyingOffReader(from, number));
        request.cameFrom(from.peer());
        attachments.forEach(request::attach);
        request.unheardBy(space.failures());
        if (body.isPresent()) {
            space.reception().receive(body.get(), request, () -> acknowledge(from, number));
        } else {
            request.reply(new Outcome.Failure(space.obituaries().tooLate(target, target, request.method())));
            acknowledge(from, number);
        }
    }

    private void acknowledge(Link from, long number) {
        acknowledgements
                .computeIfAbsent(from, link -> new Acknowledgements(link, threads))
                .add(number);
        if (!from.isOpen()) {
            acknowledgements.remove(from);
        }
    }

    /** Replies from whatever thread has the outcome, but never from this one: a reader must not wait until the other side reads. */
    private Consumer<Outcome> replyingOffReader(Link link, long number) {
        Thread reader = Thread.currentThread();
        return outcome -> {
            if (Thread.currentThread() == reader) {
                threads.run(() -> reply(link, number, outcome));
            } else {
                reply(link, number, outcome);
            }
        };
    }

    private Object[] readArguments(byte[] encoded, Body body, List<PendingOutcome> futures) {
        try {
            return (Object[]) values.read(encoded, space.scope(body.type()), futures);
        } catch (CodecException unreadable) {
            throw new CallRefusedException(
                    "argument cannot be read by " + body.name() + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private void receiveReply(Link from, DataInputStream in) throws IOException {
        long number = in.readLong();
        Optional<Awaited.Reply> expected = awaited.takeReply(number);
        if (expected.isEmpty()) {
            LOG.debug("reply {} from {} is not awaited any more", number, from.peer());
            return;
        }
        Awaited.Reply reply = expected.get();
        List<PendingOutcome> futures = readFutures(from, in, reply::scope);
        byte[] encoded = in.readAllBytes();
        // reading may run code of the application, which the reader of the link must not wait for
        threads.run(() -> reply.to().arrival().accept(values.decode(encoded, reply.scope(), futures)));
    }

    private void receiveCreation(Link from, DataInputStream in) throws IOException {
        long number = in.readLong();
        String node = in.readUTF();
        ClassSpace classSpace = new ClassSpace(in.readUTF(), in.readUTF());
        String className = in.readUTF();
        String faceName = in.readUTF();
        boolean turned = in.readBoolean();
        boolean acting = in.readBoolean();
        boolean named = in.readBoolean();
        String name = in.readUTF();
        RemoteBirths.Order order = new RemoteBirths.Order(
                from.peer(),
                node,
                classSpace,
                className,
                faceName,
                turned,
                acting,
                named ? Optional.of(name) : Optional.empty());
        ReplySlot loaded = births.classOf(order);
        List<PendingOutcome> futures = readFutures(from, in, () -> births.scopeOf(loaded));
        byte[] encoded = in.readAllBytes();
        // the classes may have to be fetched first, which the reader of the link must not wait for
        threads.run(() -> births.begin(order, encoded, futures, loaded, outcome -> reply(from, number, outcome)));
    }

    private void receiveValue(Link from, DataInputStream in) throws IOException {
        Optional<Awaited.Value> expected = awaited.takeValue(in.readLong(), from);
        if (expected.isEmpty()) {
            return;
        }
        Awaited.Value future = expected.get();
        List<PendingOutcome> futures = readFutures(from, in, future.scope());
        byte[] encoded = in.readAllBytes();
        threads.run(() -> space.settle(future.slot(), decode(encoded, future.scope(), futures)));
    }

    private Outcome decode(byte[] encoded, Supplier<ClassScope> scope, List<PendingOutcome> futures) {
        try {
            return values.decode(encoded, scope.get(), futures);
        } catch (CodecException noScope) {
            return new Outcome.Failure(noScope);
        }
    }

    private void receiveAcknowledgements(DataInputStream in) throws IOException {
        Frames.readNumbers(in).forEach(awaited::acknowledged);
    }

    /** Holds a place for each future that the message announces. */
    private List<PendingOutcome> readFutures(Link from, DataInputStream in, Supplier<ClassScope> scope)
            throws IOException {
        List<PendingOutcome> futures = new ArrayList<>();
        for (Frames.Future announced : Frames.readFutures(in)) {
            futures.add(awaited.value(announced, from, scope));
        }
        if (!futures.isEmpty() && !from.isOpen()) {
            awaited.lost(from, "while a message was read"); // it may have closed before these had a place
        }
        return futures;
    }

    /** Nobody will ask for the futures of this message: their values are dropped when they come. */
    private static List<PendingOutcome> skipFutures(DataInputStream in) throws IOException {
        Frames.readFutures(in);
        return List.of();
    }

    /** How much is kept of calls that are not over: awaited, or to be forwarded. */
    int unsettled() {
        return awaited.size() + forwards.size();
    }
}
