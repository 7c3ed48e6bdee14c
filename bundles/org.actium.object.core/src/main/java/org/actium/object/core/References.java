package org.actium.object.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.Substitution;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.NodeRef;

/**
 * What in one message goes by reference: stubs, nodes, pending futures, futures of the JDK. Futures are numbered in the order in which they
 * are met; the message announces them, so that whoever receives it can hold their place before reading the rest.
 */
final class References implements Substitution {

    private Rules rules; // null between copies
    private List<PendingOutcome> futures; // null until there is one
    private Body self; // whose object is handed out as a stub; null if nobody's is

    /**
     * What is the same for many messages.
     *
     * @param arrival what a future that goes by reference becomes where it arrives
     * @param known whether what is pending is waited for, and does not go by reference
     */
    record Rules(ObjectSpace space, Function<PendingOutcome, PendingOutcome> arrival, boolean known) {

        static Rules of(ObjectSpace space) {
            return new Rules(space, Function.identity(), false);
        }
    }

    private References(Rules rules, List<PendingOutcome> futures, Body self) {
        this.rules = rules;
        this.futures = futures;
        this.self = self;
    }

    /** For a message that is being written. */
    static References outgoing(ObjectSpace space) {
        return new References(Rules.of(space), null, handingOut(space));
    }

    /** As {@link #outgoing}, for a message that nothing follows: it takes along what is known, and waits until it is. */
    static References known(ObjectSpace space) {
        return new References(new Rules(space, Function.identity(), true), null, handingOut(space));
    }

    /** For the state of an active object. */
    static References ofState(ObjectSpace space) {
        return new References(Rules.of(space), null, null);
    }

    /** For a message that is being read and announced these futures. */
    static References incoming(ObjectSpace space, List<PendingOutcome> announced) {
        return new References(Rules.of(space), announced, null);
    }

    /** For one copy at a time within this runtime, between {@link #begin} and {@link #end}. */
    static References forCopies() {
        return new References(null, null, null);
    }

    /** @param next of a copy that is made on this thread */
    void begin(Rules next) {
        rules = next;
        self = handingOut(next.space());
    }

    /** Keeps nothing of the copy. */
    void end() {
        rules = null;
        futures = null;
        self = null;
    }

    /** Whether a copy has begun and not ended. */
    boolean isInUse() {
        return rules != null;
    }

    private static Body handingOut(ObjectSpace space) {
        return space.bodyOfThread().filter(Body::handsOutStubs).orElse(null);
    }

    /** The pending futures met while writing. */
    List<PendingOutcome> futures() {
        return futures == null ? List.of() : futures;
    }

    /** The message is not sent: another one is written instead. */
    void forgetFutures() {
        futures = null;
    }

    /** @return what stands for it in the message */
    private FutureRef add(PendingOutcome future, Class<?> type) {
        if (futures == null) {
            futures = new ArrayList<>(1);
        }
        futures.add(future);
        return new FutureRef(futures.size() - 1, type);
    }

    @Override
    public Object replace(Object original) {
        if (original.getClass().isHidden()) {
            return replaceStub(original);
        }
        if (original instanceof CompletionStage<?> stage) {
            if (rules.known()) {
                throw new CodecException(
                        "a future of the JDK is not passed on to, or by, a recoverable object; pass its value");
            }
            return add(space().outcomeOf(stage), CompletableFuture.class);
        }
        if (original instanceof Node node) {
            return space().nodes().ref(node);
        }
        return self != null && self.runs(original) ? space().refOf(self) : original;
    }

    private Object replaceStub(Object stub) {
        Optional<Proxy> proxy = space().proxyOf(stub);
        if (proxy.isPresent()) {
            return proxy.get().ref();
        }
        Optional<PendingOutcome> pending = space().pendingBehind(stub);
        if (pending.isEmpty()) {
            return stub;
        }
        if (pending.get().now().orElse(null) instanceof Outcome.Value(Object value)) {
            return value instanceof Object known ? replace(known) : null;
        }
        return rules.known() ? replace(pending.get()) : add(pending.get(), space().stubbedType(stub));
    }

    private Object replace(PendingOutcome pending) {
        return switch (pending.await()) {
            case Outcome.Value(Object value) when value != null -> replace(value);
            case Outcome.Value _ -> null;
            case Outcome.Failure(Throwable cause) ->
                throw new CodecException(
                        "the result of " + pending.call() + ", which failed, is not passed on to, or by, a recoverable"
                                + " object: " + cause,
                        cause);
        };
    }

    @Override
    public Object restore(Object substitute) {
        return switch (substitute) {
            case BodyRef ref -> space().stubOf(ref);
            case FutureRef ref
            when ref.type() == CompletableFuture.class ->
                space().explicit((ReplySlot)
                        rules.arrival().apply(futures.get(ref.position()))); // what arrives is a slot of ours
            case FutureRef ref ->
                space().placeholder(ref.type(), rules.arrival().apply(futures.get(ref.position())));
            case NodeRef ref -> space().nodes().node(ref);
            case null, default -> substitute;
        };
    }

    private ObjectSpace space() {
        return rules.space();
    }
}
