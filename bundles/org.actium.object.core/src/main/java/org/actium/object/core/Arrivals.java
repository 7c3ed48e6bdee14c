package org.actium.object.core;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
import org.actium.object.api.BodyId;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.RequestNotSentException;
import org.actium.object.api.Termination;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes over the channel {@code OBJECTS}: reads messages and passes on what is in them, on the reader of the link,
 * which nothing here blocks. Values are read later, by whoever needs them: that may run code of the application.
 */
final class Arrivals implements FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private static final Termination[] TERMINATIONS = Termination.values();
    /** Messages that begin with a number under which their answer is awaited. */
    private static final Set<Frames.Kind> ANSWERED =
            EnumSet.of(Frames.Kind.REQUEST, Frames.Kind.CREATION, Frames.Kind.PING, Frames.Kind.LISTING);

    private final ObjectSpace space;
    private final Values values;
    private final Awaited awaited;
    private final OutcomeSender outcomes;
    private final RemoteBirths births;
    private final Waits waits;
    private final Threads threads;
    private final Map<Link, Acknowledgements> acknowledgements = new ConcurrentHashMap<>();

    Arrivals(
            ObjectSpace space,
            Values values,
            Awaited awaited,
            OutcomeSender outcomes,
            RemoteBirths births,
            Waits waits,
            Threads threads) {
        this.space = space;
        this.values = values;
        this.awaited = awaited;
        this.outcomes = outcomes;
        this.births = births;
        this.waits = waits;
        this.threads = threads;
    }

    /** That link has closed. */
    void lost(Link link) {
        acknowledgements.remove(link);
    }

    @Override
    public void received(Link from, ByteBuffer frame) {
        try (DataInputStream in = Frames.open(frame)) {
            switch (Frames.readKind(in)) {
                case REQUEST -> receiveRequest(from, in);
                case REPLY -> receiveReply(from, in);
                case ACKNOWLEDGEMENTS -> Frames.readNumbers(in).forEach(awaited::acknowledged);
                case CREATION -> receiveCreation(from, in);
                case TERMINATION -> space.end(Frames.readId(in), TERMINATIONS[in.readByte()]);
                case FUTURE_VALUE -> receiveValue(from, in);
                case WAITS -> waits.told(from.peer(), ByteBuffer.wrap(in.readAllBytes()));
                case INTERRUPTION -> space.interrupt(Frames.readId(in));
                case PING -> receivePing(from, in);
                case LISTING -> receiveListing(from, in);
                case REFUSAL -> receiveRefusal(in);
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException("message from " + from.peer() + " is damaged", damaged);
        }
    }

    /** The other runtime has no active objects (yet): what was sent was not served. */
    @Override
    public void refused(Link by, ByteBuffer start) {
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

    // ---- requests

    private void receiveRequest(Link from, DataInputStream in) throws IOException {
        long number = in.readLong();
        BodyId target = Frames.readId(in);
        Optional<BodyId> sender = Frames.readOptionalId(in);
        long thread = in.readLong();
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
        request.cameFromThread(thread);
        attachments.forEach(request::attach);
        request.unheardBy(space.failures());
        if (body.isPresent()) {
            space.reception().receive(body.get(), request, new Receipt(from, number));
        } else {
            request.reply(new Outcome.Failure(space.obituaries().tooLate(target, target, request.method())));
            acknowledge(from, number);
        }
    }

    /** What the sender of a request is told of its reception. */
    private final class Receipt implements Reception.Receipt {
        private final Link link;
        private final long number;

        Receipt(Link link, long number) {
            this.link = link;
            this.number = number;
        }

        @Override
        public void received() {
            acknowledge(link, number);
        }

        @Override
        public void refused(InboxFullException why) {
            threads.run(() -> refuse(link, number, why));
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

    private static void refuse(Link link, long number, InboxFullException why) {
        try {
            Frames.send(link, Frames.Kind.REFUSAL, out -> {
                out.writeLong(number);
                out.writeUTF(why.getMessage());
            });
        } catch (LinkClosedException lost) {
            LOG.debug("refusal of {} does not reach {}: the link is closed", number, link.peer());
        }
    }

    private void receiveRefusal(DataInputStream in) throws IOException {
        long number = in.readLong();
        InboxFullException why = new InboxFullException(in.readUTF());
        threads.run(() -> awaited.failed(number, why)); // which tells listeners of the application
    }

    /** Replies from whatever thread has the outcome, but never from this one: a reader must not wait until the other side reads. */
    private Consumer<Outcome> replyingOffReader(Link link, long number) {
        Thread reader = Thread.currentThread();
        return outcome -> {
            if (Thread.currentThread() == reader) {
                threads.run(() -> outcomes.reply(link, number, outcome));
            } else {
                outcomes.reply(link, number, outcome);
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

    // ---- what was asked for

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
        threads.run(() -> reply.to().arrival().accept(values.decode(encoded, reply.scope(), futures)));
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

    // ---- what others ask

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
                number,
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
        threads.run(
                () -> births.begin(order, encoded, futures, loaded, outcome -> outcomes.reply(from, number, outcome)));
    }

    private void receiveListing(Link from, DataInputStream in) throws IOException {
        long number = in.readLong();
        String node = in.readUTF();
        String type = in.readUTF();
        threads.run(() -> outcomes.reply(from, number, space.census().answer(node, type)));
    }

    private void receivePing(Link from, DataInputStream in) throws IOException {
        long number = in.readLong();
        boolean alive = space.body(Frames.readId(in)).isPresent();
        threads.run(() -> outcomes.reply(from, number, new Outcome.Value(alive)));
    }

    // ---- futures

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
}
