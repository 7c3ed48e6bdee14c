package org.actium.ft.core.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Consumer;

/**
 * What was sent and is not acknowledged, in its order: first what is under way, all of it to one and the same party, then what
 * is held back. However much that is, each message is looked at a few times only.
 */
final class Outbox {

    private final SequencedMap<Message.Key, Kept> underWay = new LinkedHashMap<>();
    private final SequencedSet<Long> requestsUnderWay = new LinkedHashSet<>();
    private final SequencedMap<Message.Key, Kept> heldBack = new LinkedHashMap<>();

    /** @param follows the input without which it may not leave */
    private record Kept(Message message, long follows) {}

    void add(Message message, long follows) {
        heldBack.put(message.key(), new Kept(message, follows));
    }

    /**
     * Sends what may leave: of what is not acknowledged only messages to one and the same party are under way. Each request
     * says which one its receiver must have taken before it, unless that is known.
     *
     * @param safe up to which number inputs are
     */
    void release(long safe, Consumer<Message> sending) {
        while (!heldBack.isEmpty()) {
            Kept next = heldBack.firstEntry().getValue();
            if (next.follows() > safe || !goesWithWhatIsUnderWay(next.message())) {
                return;
            }
            heldBack.pollFirstEntry();
            underWay.put(next.message().key(), next);
            if (next.message() instanceof Message.Request request) {
                long before = requestsUnderWay.isEmpty() ? 0 : requestsUnderWay.getLast();
                requestsUnderWay.add(request.id().sequence());
                sending.accept(request.behind(before));
            } else {
                sending.accept(next.message());
            }
        }
    }

    private boolean goesWithWhatIsUnderWay(Message message) {
        return underWay.isEmpty()
                || underWay.firstEntry().getValue().message().to().equals(message.to());
    }

    /** Of what is under way, what was sent first. */
    Optional<Message> oldest() {
        return underWay.isEmpty()
                ? Optional.empty()
                : Optional.of(underWay.firstEntry().getValue().message());
    }

    /** Whether a request of that number, or one before, follows from inputs that are not safe. */
    boolean holdsBack(long sequence, long safe) {
        return heldBack.values().stream()
                .anyMatch(kept -> kept.follows() > safe
                        && kept.message() instanceof Message.Request request
                        && request.id().sequence() <= sequence);
    }

    void remove(Message.Key key) {
        if (underWay.remove(key) == null) {
            heldBack.remove(key); // a copy before this one has sent it
        } else if (!key.reply()) {
            requestsUnderWay.remove(key.id().sequence());
        }
    }

    /** Nothing is for them any more. @param who as {@link Party#together} says it */
    void giveUp(Party who) {
        messages().stream()
                .filter(message -> message.to().together().equals(who))
                .map(Message::key)
                .forEach(this::remove);
    }

    /** What was under way is sent once more. */
    void again() {
        underWay.sequencedEntrySet().reversed().forEach(entry -> heldBack.putFirst(entry.getKey(), entry.getValue()));
        underWay.clear();
        requestsUnderWay.clear();
    }

    /** All of them. */
    List<Message> messages() {
        List<Message> messages = new ArrayList<>(underWay.size() + heldBack.size());
        for (Map<Message.Key, Kept> part : List.of(underWay, heldBack)) {
            part.values().forEach(kept -> messages.add(kept.message()));
        }
        return messages;
    }
}
