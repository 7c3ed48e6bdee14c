package org.actium.object.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.BodyId;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.object.spi.Delivered;
import org.actium.object.spi.Delivery;
import org.actium.object.spi.Mailbox;
import org.actium.object.spi.RecoverableBody;
import org.actium.object.spi.SenderId;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.StubbedMethods;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;

/**
 * Calls that recoverable objects make or serve, as {@link Delivery} carries them. Any thread.
 *
 * <p>What such a message takes along is known when it leaves: a future that is pending is waited for, and does not travel.
 */
final class Deliveries {

    private static final byte[] NOTHING = {};

    private final ObjectSpace space;
    private final Codec codec;
    private final Values values;
    private final Waits waits;
    private final UnaryOperator<Throwable> copies;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Calls.Reply> awaited = new ConcurrentHashMap<>(); // by those who are not recoverable
    private volatile Delivery delivery; // null while there is none

    /** @param copies of failures, for those who throw them */
    Deliveries(ObjectSpace space, Codec codec, Values values, Waits waits, UnaryOperator<Throwable> copies) {
        this.space = space;
        this.codec = codec;
        this.values = values;
        this.waits = waits;
        this.copies = copies;
    }

    Registration by(Delivery carrying) {
        if (delivery != null) {
            throw new IllegalStateException("runtime " + space.self().name()
                    + " has somebody already who carries the calls of recoverable objects");
        }
        delivery = carrying;
        return this::left;
    }

    private void left() {
        delivery = null;
        List.copyOf(awaited.keySet()).forEach(this::fail);
    }

    /** Nothing more comes. */
    void close() {
        left();
    }

    private void fail(long number) {
        Calls.Reply reply = awaited.remove(number);
        if (reply != null) {
            reply.arrival()
                    .accept(new Outcome.Failure(
                            new OutcomeUnknownException(reply.slot().call() + ": fault tolerance has left runtime "
                                    + space.self().name() + ", or that closes")));
        }
    }

    Optional<Delivery> concerning(Node node) {
        return Optional.ofNullable(delivery).filter(present -> present.recovers(node));
    }

    // ---- what objects are made from

    /**
     * Only while the body serves nothing.
     *
     * @param expected bytes, about
     * @throws CodecException naming what of the state cannot be saved
     */
    RecoverableBody.State state(Body body, int expected) {
        References references = References.ofState(space);
        try {
            ByteBuffer object = codec.encode(
                    body.servant(), references, SentClasses.NONE, length -> new byte[Math.max(length, expected)]);
            List<RecoverableCopy.Ticket> tickets =
                    references.futures().stream().map(Deliveries::ticket).toList();
            Class<?>[] types =
                    tickets.stream().map(RecoverableCopy.Ticket::type).toArray(Class<?>[]::new);
            List<SavedBody.Future> futures = new ArrayList<>();
            for (int i = 0; i < tickets.size(); i++) {
                futures.add(new SavedBody.Future(
                        tickets.get(i).request(), references.futures().get(i).call()));
            }
            SavedBody saved = new SavedBody(
                    space.spaceOf(body.type()),
                    body.type().getName(),
                    body.face().getName(),
                    Optional.ofNullable(body.given()),
                    futures,
                    codec.encode(types, References.ofState(space), SentClasses.NONE),
                    object);
            return new RecoverableBody.State(
                    saved.bytes(),
                    tickets.stream().map(RecoverableCopy.Ticket::request).collect(Collectors.toSet()));
        } catch (CodecException notSerializable) {
            throw new CodecException(
                    "the state of active object " + body.name() + " of class "
                            + body.type().getName() + " cannot be saved, so that it could not be recovered: "
                            + notSerializable.getMessage(),
                    notSerializable);
        }
    }

    private static RecoverableCopy.Ticket ticket(PendingOutcome future) {
        if (future instanceof ReplySlot slot && slot.arrival() instanceof RecoverableCopy.Ticket ticket) {
            return ticket;
        }
        throw new CodecException("it holds a future that is no result of a call of its own: " + future.call());
    }

    RecoverableBody revive(BodyId id, byte[] state, Node node, RuntimeAddress classes) {
        SavedBody saved = SavedBody.of(state);
        Class<?> type = type(saved, classes);
        Birth birth = new Birth(type, face(type, saved.face()), false, false, saved.name());
        MessageScope scope = MessageScope.ofState(type);
        Class<?>[] types = (Class<?>[])
                codec.decode(saved.types(), scope, References.incoming(space, List.of()), ReceivedClasses.NONE);
        RecoverableCopy copy = new RecoverableCopy(this);
        Map<Long, ReplySlot> slots = new HashMap<>();
        List<PendingOutcome> futures = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            SavedBody.Future future = saved.futures().get(i);
            ReplySlot slot = slots.computeIfAbsent(
                    future.request(), _ -> ReplySlot.passedOn(future.call(), Optional.empty(), waits, copies));
            copy.expect(future.request(), slot, outcome -> space.settle(slot, outcome), types[i]);
            futures.add(slot);
        }
        Object servant = codec.decode(saved.object(), scope, References.incoming(space, futures), ReceivedClasses.NONE);
        space.births().revive(birth, id, node, servant, copy);
        return copy;
    }

    private static Class<?> face(Class<?> type, String name) {
        return StubbedMethods.supertypes(type).stream()
                .filter(above -> above.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new CodecException(
                        "the stubs of class " + type.getName() + " are of " + name + ", which it is not here"));
    }

    private Class<?> type(SavedBody saved, RuntimeAddress classes) {
        try {
            return space.load(saved.classSpace(), saved.type(), classes);
        } catch (ClassNotFoundException missing) {
            throw new CodecException("class " + saved.type() + " does not exist in " + saved.classSpace(), missing);
        }
    }

    // ---- what leaves

    /** Sends a call, when all that goes along with it is known. */
    void send(Sender sender, BodyRef target, StubMethod method, Object[] arguments, Optional<Calls.Reply> reply) {
        byte[] content = content(target, method, arguments);
        RecoverableCopy copy = sender.copy();
        if (copy != null) {
            copy.send(target, content, reply);
            return;
        }
        Delivery carrying = delivery;
        if (carrying == null) {
            throw new RequestNotSentException(CallName.of(target, method.signature())
                    + " was not sent: " + target.name() + " is recoverable, and runtime "
                    + space.self().name() + " has no bundle that reaches such objects; install fault tolerance there");
        }
        SenderId from = sender.sender().<SenderId>map(SenderId.OfBody::new).orElseGet(sender::thread);
        Mailbox mailbox = carrying.mailbox(from);
        long own = numbers.incrementAndGet();
        reply.ifPresent(expected -> awaited.put(own, expected)); // first: nobody else would tell that nothing comes
        try {
            long number = mailbox.send(target.id(), target.home(), reply.isEmpty(), content);
            if (reply.isPresent()) {
                mailbox.whenAnswered(number, encoded -> answered(own, encoded, target.type()));
            }
            if (delivery != carrying) {
                fail(own); // it left meanwhile, and may have told all others before this one was there
            }
        } catch (RuntimeException notSent) {
            awaited.remove(own);
            throw notSent;
        }
    }

    private void answered(long own, byte[] encoded, Class<?> type) {
        Calls.Reply expected = awaited.remove(own);
        if (expected != null) {
            expected.arrival().accept(outcome(encoded, type, expected.slot()));
        }
    }

    private byte[] content(BodyRef target, StubMethod method, Object[] arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(method.signature());
            codec.write(arguments, out, References.known(space));
        } catch (CodecException notSerializable) {
            throw Failures.notSent(CallName.of(target, method.signature()), arguments.length, notSerializable);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * @param encoded empty if nobody will ever answer
     * @param type of the stub that was called
     */
    Outcome outcome(byte[] encoded, Class<?> type, ReplySlot slot) {
        if (encoded.length == 0) {
            return new Outcome.Failure(new OutcomeUnknownException(slot.call()
                    + ": its object, or who called, is gone for good: with a runtime that was not heard of for long, or"
                    + " because it was ended. Whether the call was served is not known"));
        }
        return values.decode(ByteBuffer.wrap(encoded), space.scope(type), List.of(), ReceivedClasses.NONE, slot.name());
    }

    // ---- what arrives

    /** @param outcome called once, with nothing of meaning if the request is one-way */
    void serve(Body body, Delivered delivered, Consumer<byte[]> outcome) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(delivered.content()));
        String signature;
        byte[] arguments;
        try {
            signature = in.readUTF();
            arguments = in.readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        Optional<BodyId> sender =
                delivered.from() instanceof SenderId.OfBody(BodyId id) ? Optional.of(id) : Optional.empty();
        Request request = new Request(
                body.id(),
                sender,
                delivered.sequence(),
                signature,
                () -> arguments(arguments, body, signature),
                new Replying(body, delivered.oneWay(), outcome));
        request.cameFrom(delivered.home(), 0);
        if (delivered.from() instanceof SenderId.OfThread thread) {
            request.cameFromThread(thread.number());
        }
        request.unheardBy(space.failures());
        space.reception().receive(body, request, new Receipt(body, request));
    }

    /** Of an object of this runtime that is not recoverable. */
    void serve(BodyId object, Delivered delivered, Consumer<byte[]> outcome) {
        Optional<Body> body = space.body(object);
        if (body.isPresent()) {
            serve(body.get(), delivered, outcome);
        } else {
            Outcome gone = new Outcome.Failure(space.obituaries().tooLate(object, object, "a call"));
            outcome.accept(delivered.oneWay() ? NOTHING : encoded(gone, object));
        }
    }

    private Object[] arguments(byte[] encoded, Body body, String signature) {
        try {
            return (Object[]) codec.read(
                    new ByteArrayInputStream(encoded), space.scope(body.type()), References.incoming(space, List.of()));
        } catch (CodecException unreadable) {
            throw new CallRefusedException(
                    body.call(signature) + " was not served: its arguments cannot be read there: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** An outcome whose value is a pending future is waited for. */
    private byte[] encoded(Outcome outcome, Object call) {
        Outcome known = outcome;
        while (known instanceof Outcome.Value(Object value)) {
            Optional<PendingOutcome> inner = space.pendingBehind(value);
            if (inner.isEmpty()) {
                break;
            }
            known = inner.get().await();
        }
        Payload payload = values.encode(known, References.known(space), SentClasses.NONE, call);
        ByteBuffer whole = payload.behind(ByteBuffer.wrap(payload.head()));
        byte[] bytes = new byte[whole.remaining()];
        whole.get(bytes);
        return bytes;
    }

    private record Receipt(Body body, Request request) implements Reception.Receipt {
        @Override
        public void received() {}

        @Override
        public void start(Body idle) {
            idle.wake(Inbox.Push.START);
        }

        @Override
        public void refused(InboxFullException why) {
            body.answer(request, new Outcome.Failure(why));
        }
    }

    private final class Replying implements WayBack {
        private final Body body;
        private final boolean oneWay;
        private final Consumer<byte[]> to;

        Replying(Body body, boolean oneWay, Consumer<byte[]> to) {
            this.body = body;
            this.oneWay = oneWay;
            this.to = to;
        }

        @Override
        public boolean oneWay() {
            return oneWay;
        }

        @Override
        public void dropped() {
            to.accept(NOTHING);
        }

        @Override
        public void answer(Request request, Outcome outcome) {
            prepared(request, outcome).run();
        }

        @Override
        public Runnable prepared(Request request, Outcome outcome) {
            if (body.copy() != null && body.isToEnd()) {
                // with its runtime, or because it was replaced: the object does not end, another copy answers
                return () -> {};
            }
            if (oneWay) {
                return () -> {
                    if (outcome instanceof Outcome.Failure(Throwable cause)) {
                        space.failures().report(request, cause);
                    }
                    to.accept(NOTHING);
                };
            }
            byte[] encoded = encoded(outcome, body.call(request.signature()));
            return () -> to.accept(encoded);
        }
    }
}
