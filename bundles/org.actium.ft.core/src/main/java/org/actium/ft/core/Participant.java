package org.actium.ft.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.actium.ft.core.protocol.Input;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.core.protocol.MessageId;
import org.actium.ft.core.protocol.Output;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.core.protocol.Protocol;
import org.actium.ft.store.api.Blob;
import org.actium.runtime.spi.Threads;

/** Carries out what the protocol of one party wants. Any thread. */
final class Participant implements Calls {

    private final Protocol protocol; // guarded by lock
    private final Post post;
    private final Consumer<Output.Write> store;
    private final Threads threads;
    private final Map<MessageId, Consumer<Blob>> listeners = new HashMap<>(); // guarded by lock
    private final Map<Party.Recoverable, Party> called =
            new HashMap<>(); // guarded by lock; so that letters name each once
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Message.Request next; // guarded by lock; null if there is none to serve
    private Message.Key owed; // guarded by lock; what had not been acknowledged when that was asked last
    private String stopped; // guarded by lock; why, null while it is not
    private boolean givenUp; // guarded by lock

    /** @param store begins to write, and tells {@link #on} of the end; does not block */
    Participant(Protocol protocol, Post post, Consumer<Output.Write> store, Threads threads) {
        this.protocol = protocol;
        this.post = post;
        this.store = store;
        this.threads = threads;
    }

    Party self() {
        return protocol.self();
    }

    void on(Input input) {
        on(List.of(input));
    }

    /** As one after the other. */
    void on(List<Input> inputs) {
        lock.lock();
        try {
            if (stopped == null) {
                carryOut(protocol.on(inputs));
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<MessageId> tell(Input input) {
        return carryOut(protocol.on(input));
    }

    private Optional<MessageId> carryOut(List<Output> outputs) {
        Optional<MessageId> numbered = Optional.empty();
        Map<Party, List<Letter>> letters = new LinkedHashMap<>();
        Map<Party, List<Message.Key>> receipts = new LinkedHashMap<>();
        for (Output output : outputs) {
            switch (output) {
                case Output.Send(Message message) ->
                    letters.computeIfAbsent(message.to(), first -> new ArrayList<>())
                            .add(new Letter.Delivery(message));
                case Output.Acknowledge(Party to, Message.Key key) ->
                    receipts.computeIfAbsent(to, first -> new ArrayList<>()).add(key);
                case Output.Serve(Message.Request request) -> {
                    next = request;
                    news.signalAll();
                }
                case Output.Answer(MessageId request, Blob content) -> {
                    answered(request, content);
                    news.signalAll();
                }
                case Output.Numbered(MessageId id) -> numbered = Optional.of(id);
                case Output.Write write -> store.accept(write);
                case Output.Stop(String why) -> halt(why);
            }
        }
        letters.forEach(post::send);
        receipts.forEach((to, keys) -> post.send(to, List.of(new Letter.Receipt(to, keys))));
        return numbered;
    }

    /** Nothing happens here any more. */
    void stop(String why) {
        lock.lock();
        try {
            halt(why);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing happens here any more, and who waits for a reply gets none. */
    void giveUp(String why) {
        lock.lock();
        try {
            halt(why);
            givenUp = true;
            listeners.entrySet().stream()
                    .sorted(Comparator.comparingLong(entry -> entry.getKey().sequence()))
                    .map(Map.Entry::getValue)
                    .toList()
                    .forEach(listener -> threads.run(() -> listener.accept(Message.Reply.NONE)));
            listeners.clear();
        } finally {
            lock.unlock();
        }
    }

    /** With whom this one has to do. */
    Set<Party> others() {
        lock.lock();
        try {
            return stopped == null ? protocol.others() : Set.of();
        } finally {
            lock.unlock();
        }
    }

    private void halt(String why) {
        if (stopped == null) {
            stopped = why;
        }
        news.signalAll();
    }

    boolean isStopped() {
        lock.lock();
        try {
            return stopped != null;
        } finally {
            lock.unlock();
        }
    }

    /** Sends again what has not been acknowledged since this was called last. */
    void insist() {
        lock.lock();
        try {
            Optional<Message> oldest = protocol.oldest();
            if (stopped == null && oldest.isPresent() && oldest.get().key().equals(owed)) {
                post.forget(oldest.get().to());
                tell(new Input.Overdue());
            }
            owed = oldest.map(Message::key).orElse(null);
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until there is a request to serve. */
    Message.Request next() {
        lock.lock();
        try {
            requireGoing();
            tell(new Input.Ready());
            while (next == null) {
                requireGoing();
                news.awaitUninterruptibly();
            }
            requireGoing();
            Message.Request request = next;
            next = null;
            return request;
        } finally {
            lock.unlock();
        }
    }

    private void requireGoing() {
        if (stopped != null) {
            throw new StoppedException(stopped);
        }
    }

    @Override
    public void tell(String object, Blob content) {
        send(object, true, content);
    }

    @Override
    public MessageId ask(String object, Blob content) {
        return send(object, false, content);
    }

    private MessageId send(String object, boolean oneWay, Blob content) {
        return send(new Party.Recoverable(object), oneWay, content);
    }

    @Override
    public MessageId send(Party to, boolean oneWay, Blob content) {
        lock.lock();
        try {
            requireGoing();
            return tell(new Input.Sends(sameAsBefore(to), oneWay, content))
                    .orElseThrow(() -> new StoppedException("a copy that has been replaced sends nothing"));
        } finally {
            lock.unlock();
        }
    }

    /** Where somebody can be dialled who is not recovered may have changed since. */
    private Party sameAsBefore(Party to) {
        return to instanceof Party.Recoverable object ? called.computeIfAbsent(object, first -> first) : to;
    }

    @Override
    public Blob await(MessageId request) {
        lock.lock();
        try {
            Optional<Blob> answer = protocol.answer(request);
            while (answer.isEmpty()) {
                requireGoing();
                news.awaitUninterruptibly();
                answer = protocol.answer(request);
            }
            requireGoing();
            tell(new Input.Took(request));
            return answer.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void whenAnswered(MessageId request, Consumer<Blob> listener) {
        lock.lock();
        try {
            if (givenUp) {
                threads.run(() -> listener.accept(Message.Reply.NONE));
                return;
            }
            listeners.put(request, listener);
            protocol.answer(request).ifPresent(content -> answered(request, content));
        } finally {
            lock.unlock();
        }
    }

    private void answered(MessageId request, Blob content) {
        Consumer<Blob> listener = listeners.remove(request);
        if (listener == null) {
            return;
        }
        threads.run(() -> listener.accept(content));
        if (protocol.self() instanceof Party.Outside) {
            tell(new Input.Took(request)); // it asks once; who is recovered says what it may ask for with its state
        }
    }
}
