package org.actium.object.core;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.remote.api.Link;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;

/**
 * Futures that went to other runtimes inside of messages, and whose values follow. When the link closes, nobody is left
 * to whom they could be sent, and they are forgotten. When this runtime stops, whoever waits for one is told. Any thread.
 */
final class Forwards {

    private final Threads threads;
    private final Sender sender;
    private final Map<Key, Forward> forwards = new ConcurrentHashMap<>();
    private volatile String closed; // why no values follow any more; null while they do

    /** A future as it was announced over that link. */
    private record Key(Link link, long number) {}

    /** What the future calls when it is known. */
    private record Forward(PendingOutcome future, Consumer<Outcome> action) {}

    /** Sends values. */
    @FunctionalInterface
    interface Sender {

        /** Encodes the outcome now. @param call for messages. @return sends it; may block */
        Runnable prepare(Link link, long number, Outcome outcome, Object call);
    }

    Forwards(Threads threads, Sender sender) {
        this.threads = threads;
        this.sender = sender;
    }

    /** The message with these futures has left. */
    void add(Link link, List<Frames.Future> announced, List<PendingOutcome> futures) {
        for (int i = 0; i < announced.size(); i++) {
            add(new Key(link, announced.get(i).number()), futures.get(i));
        }
        if (!announced.isEmpty() && !link.isOpen()) {
            drop(link); // it may have closed before these were here
        }
    }

    private void add(Key key, PendingOutcome future) {
        Consumer<Outcome> action = outcome -> {
            if (forwards.remove(key) != null) {
                send(key, future, outcome);
            }
        };
        forwards.put(key, new Forward(future, action));
        future.beforeKnown(action); // encoded before the holder can change the value
        if (closed != null) {
            fail(key, closed); // it may have been closed before this was here
        }
    }

    /** The future that was announced to that runtime under that number, if its value has not been sent yet. */
    Optional<PendingOutcome> future(RuntimeId holder, long number) {
        return forwards.entrySet().stream()
                .filter(forward -> forward.getKey().number() == number
                        && forward.getKey().link().peer().id().equals(holder))
                .map(forward -> forward.getValue().future())
                .findAny();
    }

    /** That link has closed. */
    void drop(Link link) {
        drop(key -> key.link() == link);
    }

    /** No values follow any more: those who wait for one are told so over their link, which may stay open. */
    void close(String why) {
        closed = why;
        inOrder(key -> true).forEach(key -> fail(key, why));
    }

    private void fail(Key key, String why) {
        take(key).ifPresent(forward -> {
            Outcome outcome = new Outcome.Failure(
                    new OutcomeUnknownException(forward.future().call() + ": " + why));
            send(key, forward.future(), outcome);
        });
    }

    /** It is encoded now. What cannot be becomes a failure that says so: whoever holds the future must hear something. */
    private void send(Key key, PendingOutcome future, Outcome outcome) {
        Object call = ReplySlot.nameOf(future);
        Runnable prepared;
        try {
            prepared = sender.prepare(key.link(), key.number(), outcome, call);
        } catch (RuntimeException | Error notWritten) {
            Outcome why = new Outcome.Failure(Failures.notPassedOn(call, notWritten));
            prepared = sender.prepare(key.link(), key.number(), why, call);
        }
        threads.run(prepared);
    }

    private void drop(Predicate<Key> gone) {
        inOrder(gone).forEach(this::take);
    }

    private Optional<Forward> take(Key key) {
        Optional<Forward> forward = Optional.ofNullable(forwards.remove(key));
        forward.ifPresent(taken -> taken.future().forget(taken.action()));
        return forward;
    }

    /** In order of number, not of hash: the same on every run. */
    private List<Key> inOrder(Predicate<Key> which) {
        return forwards.keySet().stream()
                .filter(which)
                .sorted(Comparator.comparingLong(Key::number))
                .toList();
    }

    int size() {
        return forwards.size();
    }
}
