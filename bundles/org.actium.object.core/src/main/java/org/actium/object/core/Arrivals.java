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
import org.actium.codec.api.ReceivedClasses;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.BodyId;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.object.api.Termination;
import org.actium.object.spi.Marks;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
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
    private static final Set<Frames.Kind> ANSWERED = EnumSet.of(
            Frames.Kind.REQUEST, Frames.Kind.CREATION, Frames.Kind.TERMINATION, Frames.Kind.PING, Frames.Kind.LISTING);

    private final ObjectSpace space;
    private final Values values;
    private final Awaited awaited;
    private final OutcomeSender outcomes;
    private final RemoteBirths births;
    private final Dictionaries dictionaries;
    private final Waits waits;
    private final Time time;
    private final Threads threads;
    private final Map<Link, Acknowledgements> acknowledgements = new ConcurrentHashMap<>();

    Arrivals(
            ObjectSpace space,
            Values values,
            Awaited awaited,
            OutcomeSender outcomes,
            RemoteBirths births,
            Dictionaries dictionaries,
            Waits waits,
            Time time,
            Threads threads) {
        this.space = space;
        this.values = values;
        this.awaited = awaited;
        this.outcomes = outcomes;
        this.births = births;
        this.dictionaries = dictionaries;
        this.waits = waits;
        this.time = time;
        this.threads = threads;
    }

    /** That link has closed. */
    void lost(Link link) {
        acknowledgements.remove(link);
    }

    @Override
    public void received(Link from, ByteBuffer frame) {
        receive(from, Frames.open(frame));
    }

    @Override
    public void handedOver(Link from, ByteBuffer frame) {
        receive(from, Frames.openOwn(frame));
    }

    private void receive(Link from, Frames.Opened message) {
        try (Frames.Opened in = message) {
            switch (Frames.readKind(in)) {
                case REQUEST -> receiveRequest(from, in);
                case REPLY -> receiveReply(from, in);
                case ACKNOWLEDGEMENTS -> Frames.readNumbers(in).forEach(awaited::acknowledged);
                case CREATION -> receiveCreation(from, in);
                case TERMINATION -> receiveTermination(from, in);
                case FUTURE_VALUE -> receiveValue(from, in);
                case WAITS -> waits.told(from.peer(), ByteBuffer.wrap(in.readAllBytes()));
                case INTERRUPTION -> space.interrupt(Frames.readId(in));
                case PING -> receivePing(from, in);
                case LISTING -> receiveListing(from, in);
                case REFUSAL -> receiveRefusal(in);
                case ENDED -> receiveEnded(from, in);
                case DEFINITION -> dictionaries.of(from).learn(in);
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
            if (kind == Frames.Kind.DEFINITION) {
                dictionaries.of(by).forget();
                return;
            }
            if (!ANSWERED.contains(kind)) {
                LOG.warn("{} dropped a message ({}): it runs no active objects", by.peer(), kind);
                return;
            }
            long number = Frames.readNumber(in);
            awaited.failed(number, new RequestNotSentException(by.peer() + " runs no active objects (yet)"));
        } catch (IOException damaged) {
            throw new UncheckedIOException("refusal from " + by.peer() + " is damaged", damaged);
        }
    }

    // ---- requests

    private void receiveRequest(Link from, Frames.Opened in) throws IOException {
        long number = Frames.readNumber(in);
        Dictionary dictionary = dictionaries.of(from);
        BodyId target = dictionary.readId(in).orElseThrow(() -> new IOException("a request is for nobody"));
        Optional<BodyId> sender = dictionary.readId(in);
        long thread = Frames.readNumber(in);
        long sequence = Frames.readNumber(in);
        RequestFlags flags = RequestFlags.read(in, from.version());
        boolean oneWay = flags.oneWay();
        String signature;
        try {
            signature = dictionary.readSignature(in);
        } catch (CodecException undefined) {
            refuseUnread(from, number, oneWay, undefined);
            return;
        }
        Map<String, byte[]> attachments = Frames.readAttachments(in);
        Marks marks = flags.marked() ? Frames.readMarks(in) : Marks.NONE;
        Optional<Body> body = space.body(target);
        List<PendingOutcome> futures = body.isPresent()
                ? readFutures(from, in, () -> space.scope(body.get().type()))
                : skipFutures(in);
        ByteBuffer encoded = in.rest();
        if (body.isEmpty() && !oneWay) {
            threads.run(() -> outcomes.ended(from, number, space.obituaries().cause(target)));
            acknowledge(from, number);
            return;
        }
        WayBack back = oneWay ? null : new Replying(from, number, body.get(), signature, flags.awaited());
        Request request = new Request(
                target,
                sender,
                sequence,
                signature,
                arguments(
                        from,
                        in,
                        encoded,
                        () -> readArguments(
                                encoded, body.orElseThrow(), signature, futures, dictionary.receivedClasses())),
                back);
        if (flags.marked()) {
            request.mark(marks);
        }
        request.cameFrom(from.peer(), number);
        request.cameFromThread(thread);
        attachments.forEach(request::attach);
        request.unheardBy(space.failures());
        if (body.isPresent()) {
            space.reception().receive(body.get(), request, new Receipt(from, number, request, flags.awaited()));
        } else {
            request.reply(new Outcome.Failure(space.obituaries().tooLate(target, target, request.method())));
            acknowledge(from, number);
        }
    }

    private void receiveTermination(Link from, DataInputStream in) throws IOException {
        long number = Frames.readNumber(in);
        space.end(Frames.readId(in), TERMINATIONS[in.readByte()]);
        acknowledge(from, number);
    }

    /** Its definition was sent before this runtime had active objects, and the sender did not know yet. */
    private void refuseUnread(Link from, long number, boolean oneWay, CodecException undefined) {
        LOG.warn("a request from {} is dropped: {}", from.peer(), undefined.getMessage());
        if (!oneWay) {
            Outcome refusal = new Outcome.Failure(new RequestNotSentException(undefined.getMessage(), undefined));
            threads.run(() -> outcomes.reply(from, number, refusal, "a request"));
        }
        acknowledge(from, number);
    }

    /** What the sender of a request is told of its reception. */
    private final class Receipt implements Reception.Receipt {
        private final Link link;
        private final long number;
        private final Request request;
        private final boolean awaited;

        Receipt(Link link, long number, Request request, boolean awaited) {
            this.link = link;
            this.number = number;
            this.request = request;
            this.awaited = awaited;
        }

        @Override
        public void start(Body idle) {
            if (!link.serve(idle, idle)) {
                threads.run(idle);
            }
        }

        @Override
        public void received() {
            request.acknowledge(() -> {
                if (!awaited) {
                    acknowledge(link, number);
                } else {
                    acknowledgeUnlessAnswered(link, number);
                }
            });
        }

        @Override
        public void refused(InboxFullException why) {
            threads.run(() -> refuse(link, number, why));
        }
    }

    private void acknowledge(Link from, long number) {
        acknowledgements(from).add(number);
        if (!from.isOpen()) {
            acknowledgements.remove(from);
        }
    }

    private void acknowledgeUnlessAnswered(Link from, long number) {
        acknowledgements(from).addUnlessAnswered(number);
        if (!from.isOpen()) {
            acknowledgements.remove(from);
        }
    }

    private Acknowledgements acknowledgements(Link from) {
        Acknowledgements present = acknowledgements.get(from);
        return present != null
                ? present
                : acknowledgements.computeIfAbsent(from, link -> new Acknowledgements(link, threads, time));
    }

    private static void refuse(Link link, long number, InboxFullException why) {
        try {
            Frames.send(link, Frames.Kind.REFUSAL, out -> {
                Frames.writeNumber(out, number);
                out.writeUTF(why.getMessage());
            });
        } catch (LinkClosedException lost) {
            LOG.debug("refusal of {} does not reach {}: the link is closed", number, link.peer());
        }
    }

    private void receiveRefusal(DataInputStream in) throws IOException {
        long number = Frames.readNumber(in);
        InboxFullException why = new InboxFullException(in.readUTF());
        threads.run(() -> awaited.failed(number, why)); // which tells listeners of the application
    }

    /** Replies from whatever thread has the outcome, but never from this one: a reader must not wait until the other side reads. */
    private final class Replying implements WayBack {
        private final Link link;
        private final long number;
        private final Body body;
        private final String signature;
        private final boolean awaited;

        Replying(Link link, long number, Body body, String signature, boolean awaited) {
            this.link = link;
            this.number = number;
            this.body = body;
            this.signature = signature;
            this.awaited = awaited;
        }

        @Override
        public Runnable prepared(Request request, Outcome outcome) {
            Consumer<Frames.Haste> sending =
                    outcomes.prepare(link, number, outcome, request.replyFlags(), body.call(signature));
            return () -> {
                answered();
                sending.accept(haste());
            };
        }

        /** What the body serves next has a reply, too, mostly: they leave together unless somebody waits. */
        private Frames.Haste haste() {
            return awaited || body.inbox().size() == 0 ? Frames.Haste.NOW : Frames.Haste.SOON;
        }

        @Override
        public void answer(Request request, Outcome outcome) {
            if (link.isReading()) {
                threads.run(() -> prepared(request, outcome).run());
            } else {
                prepared(request, outcome).run();
            }
        }

        /** The reply is its acknowledgement. */
        private void answered() {
            Acknowledgements told = acknowledgements.get(link);
            if (told != null) {
                told.answered(number);
            }
        }
    }

    private static Request.Arguments arguments(
            Link from, Frames.Opened in, ByteBuffer encoded, Request.Arguments reading) {
        return in.isOwned() ? new LongArguments(reading, () -> from.giveBack(encoded)) : reading;
    }

    private Object[] readArguments(
            ByteBuffer encoded, Body body, String signature, List<PendingOutcome> futures, ReceivedClasses known) {
        try {
            return (Object[]) values.read(encoded, space.scope(body.type()), futures, known);
        } catch (CodecException unreadable) {
            throw new CallRefusedException(
                    body.call(signature) + " was not served: its arguments cannot be read there: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    // ---- what was asked for

    private void receiveReply(Link from, Frames.Opened in) throws IOException {
        long number = Frames.readNumber(in);
        Optional<Awaited.Reply> expected = awaited.takeReply(number);
        if (expected.isEmpty()) {
            LOG.debug("reply {} from {} is not awaited any more", number, from.peer());
            awaited.acknowledged(number); // also if its caller has given up: there may be no other acknowledgement
            return;
        }
        Awaited.Reply reply = expected.get();
        Consumer<Exception> unread = damaged -> reply.to()
                .arrival()
                .accept(unreadable("reply to " + reply.to().slot().call(), damaged));
        ReplyFlags flags = readFlags(from, in, unread);
        if (reply.to().arrival() instanceof Intercepted intercepted) {
            intercepted.carries(flags);
        }
        awaited.acknowledged(number); // a request that is answered was in its queue
        List<PendingOutcome> futures = readFutures(from, in, reply::scope, unread);
        ByteBuffer encoded = in.rest();
        Dictionary dictionary = dictionaries.of(from);
        boolean owned = in.isOwned();
        Runnable decoding = () -> {
            Outcome outcome = values.decode(
                    encoded,
                    reply.scope(),
                    futures,
                    dictionary.receivedClasses(),
                    reply.to().slot().name());
            if (owned) {
                from.giveBack(encoded);
            }
            reply.to().arrival().accept(outcome);
        };
        if (!from.serve(reply.to().slot(), decoding)) {
            threads.run(decoding);
        }
    }

    /** Who called it knows its name; where it was nobody does any more. */
    private void receiveEnded(Link from, DataInputStream in) throws IOException {
        long number = Frames.readNumber(in);
        Optional<FailureReport> cause = in.readBoolean() ? Optional.of(FailureReport.read(in)) : Optional.empty();
        awaited.takeReply(number)
                .map(Awaited.Reply::to)
                .ifPresentOrElse(
                        reply -> threads.run(() -> reply.arrival()
                                .accept(new Outcome.Failure(Obituaries.tooLate(
                                        reply.slot().target(),
                                        reply.slot().methodName(),
                                        cause.map(Failures::described))))),
                        () -> LOG.debug("reply {} from {} is not awaited any more", number, from.peer()));
    }

    private void receiveValue(Link from, Frames.Opened in) throws IOException {
        Optional<Awaited.Value> expected = awaited.takeValue(Frames.readNumber(in), from);
        if (expected.isEmpty()) {
            return;
        }
        Awaited.Value future = expected.get();
        List<PendingOutcome> futures = readFutures(
                from,
                in,
                future.scope(),
                damaged ->
                        future.slot().set(unreadable("value of " + future.slot().call(), damaged)));
        ByteBuffer encoded = in.rest();
        ReceivedClasses known = dictionaries.of(from).receivedClasses();
        threads.run(() -> space.settle(future.slot(), decode(encoded, future, futures, known)));
    }

    private Outcome decode(
            ByteBuffer encoded, Awaited.Value future, List<PendingOutcome> futures, ReceivedClasses known) {
        try {
            return values.decode(
                    encoded, future.scope().get(), futures, known, future.slot().name());
        } catch (CodecException noScope) {
            return new Outcome.Failure(noScope);
        }
    }

    // ---- what others ask

    private void receiveCreation(Link from, Frames.Opened in) throws IOException {
        long number = Frames.readNumber(in);
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
        ByteBuffer encoded = in.rest();
        threads.run(() -> births.begin(
                order,
                new RemoteBirths.Arguments(
                        encoded, futures, dictionaries.of(from).receivedClasses()),
                loaded,
                outcome -> outcomes.reply(from, number, outcome, "the creation of " + className)));
    }

    private void receiveListing(Link from, DataInputStream in) throws IOException {
        long number = Frames.readNumber(in);
        String node = in.readUTF();
        String type = in.readUTF();
        threads.run(() -> outcomes.reply(from, number, space.census().answer(node, type), "the list of " + type));
    }

    private void receivePing(Link from, DataInputStream in) throws IOException {
        long number = Frames.readNumber(in);
        boolean alive = space.body(Frames.readId(in)).isPresent();
        threads.run(() -> outcomes.reply(from, number, new Outcome.Value(alive), "a ping"));
    }

    // ---- futures

    /** As {@link #readFutures}. */
    private ReplyFlags readFlags(Link from, DataInputStream in, Consumer<Exception> unread) throws IOException {
        try {
            return ReplyFlags.read(in, from.version());
        } catch (IOException | RuntimeException damaged) {
            threads.run(() -> unread.accept(damaged));
            throw damaged;
        }
    }

    /** Of an answer that has been taken for the one who waits for it. @param unread tells that one if it is damaged */
    private List<PendingOutcome> readFutures(
            Link from, DataInputStream in, Supplier<ClassScope> scope, Consumer<Exception> unread) throws IOException {
        try {
            return readFutures(from, in, scope);
        } catch (IOException | RuntimeException damaged) {
            threads.run(() -> unread.accept(damaged));
            throw damaged;
        }
    }

    private static Outcome unreadable(String what, Exception damaged) {
        return new Outcome.Failure(
                new OutcomeUnknownException("the " + what + " came damaged: " + damaged.getMessage(), damaged));
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
}
