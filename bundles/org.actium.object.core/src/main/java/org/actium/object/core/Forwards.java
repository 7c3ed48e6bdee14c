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
import org.actium.remote.api.Link;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;

/**
 * Futures that went to other runtimes inside of messages, and whose values follow. When the link closes, nobody is left
 * to whom they could be sent, and they are forgotten. Any thread.
 */
final class Forwards {

    private final Threads threads;
    private final Sender sender;
    private final Map<Key, Forward> forwards = new ConcurrentHashMap<>();

    /** A future as it was announced over that link. */
    private record Key(Link link, long number) {}

    /** What the future calls when it is known. */
    private record Forward(PendingOutcome future, Consumer<Outcome> action) {}

    /** Sends values. */
    @FunctionalInterface
    interface Sender {

        /** Encodes the outcome now. @return sends it; may block */
        Runnable prepare(Link link, long number, Outcome outcome);
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
                threads.run(sender.prepare(key.link(), key.number(), outcome));
            }
        };
        forwards.put(key, new Forward(future, action));
        future.beforeKnown(action); // encoded before the holder can change the value
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

    void dropAll() {
        drop(key -> true);
    }

    /** In order of number, not of hash: the same on every run. */
    private void drop(Predicate<Key> gone) {
        forwards.keySet().stream()
                .filter(gone)
                .sorted(Comparator.comparingLong(Key::number))
                .forEach(key -> {
                    Forward forward = forwards.remove(key);
                    if (forward != null) {
                        forward.future().forget(forward.action());
                    }
                });
    }

    int size() {
        return forwards.size();
    }
}
