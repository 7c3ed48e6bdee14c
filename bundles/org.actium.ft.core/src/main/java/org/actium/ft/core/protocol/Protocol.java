package org.actium.ft.core.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.actium.ft.store.api.Blob;

/**
 * One recovery domain of one object: pessimistic towards others, optimistic inside.
 *
 * <ul>
 *   <li>What comes in is logged with its place in the order before it is acknowledged (R2), and served meanwhile.
 *   <li>What goes out waits until everything it may follow from is safe (R3), and is kept until it is acknowledged.
 *   <li>Requests have their sender's number and that of the one before to the same receiver, who takes each once and in
 *       order; replies are taken by whoever still waits for them (R4).
 *   <li>A checkpoint has all that replay of what comes behind it does not make anew.
 * </ul>
 *
 * <p>As everywhere in Actium what is caused comes after its cause: nothing is sent to anyone before all that was sent to
 * others has been acknowledged.
 *
 * <p>Replay is an object that does the same again: it is {@link #recovered} with the latest checkpoint and the log behind it,
 * and what it sends gets the numbers that it had. Replies that were logged are there as soon as the request is sent again,
 * which is not sent then.
 *
 * <p>A state machine: no threads, no clock, no I/O. Used by one thread at a time.
 */
public final class Protocol {

    /** So many of those who are gone are refused, should they live and not know it yet. */
    private static final int REFUSED = 1000;

    private final Party self;
    private final boolean logged;
    private final int capacity;

    private long inputs;
    private long safe; // up to which number inputs are in the store
    private long followed; // up to which number inputs have had an effect on the object
    private final Map<Party, Long> watermarks = new LinkedHashMap<>();
    private final Set<Party> gone = new LinkedHashSet<>(); // as together() says it, the latest last
    private final Deque<Received> queue = new ArrayDeque<>();
    private boolean ready;

    private long sequence;
    private final Map<MessageId, Party> awaited = new LinkedHashMap<>();
    private final Map<MessageId, Blob> answers = new LinkedHashMap<>();
    private final Outbox outbox = new Outbox();

    private final Deque<Received> unwritten = new ArrayDeque<>(); // the first ones are being written
    private final Set<Message.Key> unsafe = new HashSet<>(); // which these are
    private Optional<Output.Write> writing = Optional.empty();
    private Optional<Snapshot> due = Optional.empty();
    private long checkpoint; // the number of the latest safe one
    private long checkpointInputs; // what is in it
    private boolean stopped;

    private List<Output> outputs = new ArrayList<>();

    private Protocol(Party self, boolean logged, int capacity) {
        this.self = Objects.requireNonNull(self, "self");
        this.logged = logged;
        this.capacity = capacity;
    }

    /** Somebody who calls and is called back, and whom nobody recovers. */
    public static Protocol outside(Party.Outside self) {
        return new Protocol(self, false, Integer.MAX_VALUE);
    }

    /** @param first in the store already */
    public static Protocol created(Party.Recoverable self, Snapshot first) {
        return recovered(self, first, List.of(), Integer.MAX_VALUE);
    }

    /**
     * @param log what is in the store behind the checkpoint, in order
     * @param capacity how many requests may wait for service: more are not taken, so that their senders keep them
     */
    public static Protocol recovered(Party.Recoverable self, Snapshot latest, List<Received> log, int capacity) {
        Protocol protocol = new Protocol(self, true, capacity);
        protocol.restore(latest);
        log.forEach(protocol::replay);
        protocol.safe = protocol.inputs;
        protocol.followed = protocol.inputs;
        return protocol;
    }

    private void restore(Snapshot from) {
        inputs = from.inputs();
        sequence = from.sequence();
        watermarks.putAll(from.watermarks());
        gone.addAll(from.gone());
        queue.addAll(from.queue());
        from.outbox().forEach(message -> outbox.add(message, 0));
        awaited.putAll(from.awaited());
        answers.putAll(from.answers());
        checkpoint = from.number();
        checkpointInputs = from.inputs();
    }

    private void replay(Received entry) {
        if (entry.number() <= inputs) {
            return; // in the checkpoint
        }
        inputs = entry.number();
        switch (entry.message()) {
            case Message.Request request -> {
                watermarks.put(request.from(), request.id().sequence());
                queue.add(entry);
            }
            case Message.Reply reply -> {
                awaited.remove(reply.id());
                answers.put(reply.id(), reply.content());
            }
        }
    }

    public Party self() {
        return self;
    }

    /** Of what was sent and not acknowledged, what was sent first. */
    public Optional<Message> oldest() {
        return outbox.oldest();
    }

    /** With whom this one has to do: who is gone is not to be remembered. */
    public Set<Party> others() {
        Set<Party> others = new LinkedHashSet<>();
        outbox.messages().forEach(message -> others.add(message.to().together()));
        awaited.values().forEach(party -> others.add(party.together()));
        watermarks.keySet().stream()
                .filter(Party.Outside.class::isInstance)
                .forEach(party -> others.add(party.together()));
        return others;
    }

    /** The reply to that request, if it has come and was not taken. */
    public Optional<Blob> answer(MessageId request) {
        return Optional.ofNullable(answers.get(request));
    }

    /** @return what is to be done, in that order */
    public List<Output> on(Input input) {
        return on(List.of(input));
    }

    /** As one after the other; what is to be written then is written at once. */
    public List<Output> on(List<? extends Input> inputs) {
        if (stopped) {
            return List.of();
        }
        inputs.forEach(this::take);
        release();
        write();
        List<Output> wanted = outputs;
        outputs = new ArrayList<>();
        return wanted;
    }

    private void take(Input input) {
        switch (input) {
            case Input.Arrived(Message.Request request) -> arrived(request);
            case Input.Arrived(Message.Reply reply) -> arrived(reply);
            case Input.Acknowledged(Message.Key key) -> outbox.remove(key);
            case Input.Overdue() -> outbox.again();
            case Input.Gone(Party who) -> gone(who);
            case Input.Ready() -> {
                ready = true;
                serve();
            }
            case Input.Sends sends -> send(sends);
            case Input.Took(MessageId request) -> answers.remove(request);
            case Input.Served(Message.Request request, Blob content) -> served(request, content);
            case Input.Rests(Blob state, Set<MessageId> asked) -> rest(state, asked);
            case Input.Written() -> written();
            case Input.Found(long found, long number) -> found(found, number);
            case Input.Overtaken(long incarnation) -> stop(incarnation);
        }
    }

    // ---- what comes in

    private void arrived(Message.Request request) {
        if (gone.contains(request.from().together())) {
            return; // whether this is a copy is not known any more
        }
        long watermark = watermarks.getOrDefault(request.from(), 0L);
        if (request.id().sequence() <= watermark) {
            acknowledgeAgain(request);
        } else if (request.after() <= watermark && queue.size() < capacity) {
            watermarks.put(request.from(), request.id().sequence());
            queue.add(take(request));
            serve();
        } // else one before it is missing, or there is no room: it will be sent again
    }

    private void arrived(Message.Reply reply) {
        if (awaited.remove(reply.id()) == null && !isEarly(reply)) {
            if (!isOfSuccessor(reply)) {
                acknowledgeAgain(reply);
            }
            return;
        }
        Received entry = take(reply);
        followed = Math.max(followed, entry.number()); // from here on the object may look at it
        answers.put(reply.id(), reply.content());
        outputs.add(new Output.Answer(reply.id(), reply.content()));
    }

    /** Replay is not yet where the request is sent again: nobody has the reply but its sender, and this one from now on. */
    private boolean isEarly(Message.Reply reply) {
        return reply.id().sequence() > sequence && !answers.containsKey(reply.id());
    }

    /**
     * The request of that number has not left here, and yet it is answered: another copy of this object has taken over and
     * sent another one. What that waits for is not to be acknowledged here.
     */
    private boolean isOfSuccessor(Message.Reply reply) {
        return outbox.holdsBack(reply.id().sequence(), safe);
    }

    private Received take(Message message) {
        Received entry = new Received(++inputs, message);
        if (logged) {
            unwritten.add(entry);
            unsafe.add(message.key());
        } else {
            safe = inputs;
            acknowledge(message);
        }
        return entry;
    }

    private void acknowledge(Message message) {
        outputs.add(new Output.Acknowledge(message.from(), message.key()));
    }

    /** It came before: its sender has not heard that it is safe, or it is not yet. */
    private void acknowledgeAgain(Message copy) {
        if (!unsafe.contains(copy.key())) {
            acknowledge(copy);
        }
    }

    private void serve() {
        if (ready && !queue.isEmpty()) {
            ready = false;
            Received next = queue.remove();
            followed = Math.max(followed, next.number());
            outputs.add(new Output.Serve((Message.Request) next.message()));
        }
    }

    // ---- what goes out

    private void send(Input.Sends sends) {
        MessageId id = new MessageId(self, ++sequence);
        outputs.add(new Output.Numbered(id));
        Blob known = answers.get(id);
        if (known != null) {
            outputs.add(new Output.Answer(id, known)); // a reply that was logged: the request has had its effect
            return;
        }
        if (!sends.oneWay()) {
            awaited.put(id, sends.to());
        }
        keep(new Message.Request(id, 0, sends.to(), sends.oneWay(), sends.content()));
    }

    private void served(Message.Request request, Blob content) {
        if (!request.oneWay() && !gone.contains(request.from().together())) {
            keep(new Message.Reply(request.id(), self, content));
        }
    }

    private void keep(Message message) {
        outbox.add(message, followed);
    }

    private void release() {
        outbox.release(safe, message -> outputs.add(new Output.Send(message)));
    }

    /** That nothing comes is an input like what would have come: a copy of this object does the same of it. */
    private void gone(Party who) {
        outbox.giveUp(who);
        watermarks.keySet().removeIf(party -> party.together().equals(who));
        if (who instanceof Party.Outside outside && !outside.instance().equals(Party.Outside.ANY)) {
            gone.add(who);
            if (gone.size() > REFUSED) {
                gone.remove(gone.iterator().next());
            }
        }
        List.copyOf(awaited.entrySet()).stream()
                .filter(entry -> entry.getValue().together().equals(who))
                .map(entry -> new Message.Reply(entry.getKey(), entry.getValue(), Message.Reply.NONE))
                .sorted(Comparator.comparingLong(reply -> reply.id().sequence()))
                .forEach(this::arrived);
    }

    // ---- what is kept

    /** Replies are kept that the object may ask for, and those to requests that replay has not come to. */
    private void rest(Blob state, Set<MessageId> asked) {
        answers.keySet().removeIf(id -> id.sequence() <= sequence && !asked.contains(id));
        due = Optional.of(snapshot(state));
    }

    private Snapshot snapshot(Blob state) {
        return new Snapshot(
                checkpoint + 1,
                inputs,
                sequence,
                watermarks,
                List.copyOf(gone),
                List.copyOf(queue),
                outbox.messages(),
                awaited,
                answers,
                state);
    }

    /** One at a time: what comes meanwhile goes with the next. */
    private void write() {
        if (!logged || writing.isPresent() || unwritten.isEmpty() && due.isEmpty()) {
            return;
        }
        // of an earlier checkpoint two are kept, and the log behind the older one: the latest may turn out to be
        // damaged
        Output.Write write = new Output.Write(
                List.copyOf(unwritten),
                due,
                due.isPresent() ? checkpoint : 0,
                due.isPresent() ? checkpointInputs + 1 : 0);
        due = Optional.empty();
        writing = Optional.of(write);
        outputs.add(write);
    }

    private void written() {
        Output.Write write = writing.orElseThrow();
        writing = Optional.empty();
        write.checkpoint().ifPresent(this::isSafe);
        if (!write.inputs().isEmpty()) {
            isSafe(write.inputs().getLast().number());
        }
    }

    private void found(long upTo, long number) {
        Output.Write write = writing.orElseThrow();
        writing = Optional.empty();
        write.checkpoint().ifPresent(snapshot -> {
            if (number >= snapshot.number()) {
                isSafe(snapshot);
            } else if (due.isEmpty()) {
                due = Optional.of(snapshot);
            }
        });
        isSafe(upTo);
    }

    private void isSafe(Snapshot snapshot) {
        checkpoint = snapshot.number();
        checkpointInputs = snapshot.inputs();
        due = due.map(later -> later.number() > snapshot.number() ? later : numbered(later, snapshot.number() + 1));
    }

    /** It was taken while the one before was not safe yet. */
    private static Snapshot numbered(Snapshot later, long number) {
        return new Snapshot(
                number,
                later.inputs(),
                later.sequence(),
                later.watermarks(),
                later.gone(),
                later.queue(),
                later.outbox(),
                later.awaited(),
                later.answers(),
                later.state());
    }

    private void isSafe(long upTo) {
        safe = Math.max(safe, upTo);
        while (!unwritten.isEmpty() && unwritten.element().number() <= safe) {
            Message message = unwritten.remove().message();
            unsafe.remove(message.key());
            acknowledge(message);
        }
    }

    private void stop(long incarnation) {
        stopped = true;
        outputs.add(new Output.Stop(
                incarnation == 0
                        ? self + " has been ended"
                        : self + " has been recovered elsewhere, as incarnation " + incarnation));
    }
}
