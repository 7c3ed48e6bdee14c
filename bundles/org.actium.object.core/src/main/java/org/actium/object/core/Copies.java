package org.actium.object.core;

import java.util.Optional;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.spi.StubMethod;
import org.actium.runtime.spi.Threads;

/** Copies of arguments and outcomes for calls that stay in this runtime, where nothing may be shared that can change. */
final class Copies {

    private final ObjectSpace space;
    private final Codec codec;
    private final Threads threads;
    private final Waits waits;
    private final Optional<SharedValues> checked;
    private final References.Rules rules;
    private final ThreadLocal<References> kept = new ThreadLocal<>(); // for the next copy

    /** @param checked watches what is shared; empty if nobody does */
    Copies(ObjectSpace space, Codec codec, Threads threads, Waits waits, Optional<SharedValues> checked) {
        this.space = space;
        this.codec = codec;
        this.threads = threads;
        this.waits = waits;
        this.checked = checked;
        // whoever gets a copy gets futures of its own, with copies of the values
        this.rules = new References.Rules(space, this::follow, false);
    }

    /** @throws CodecException that says what in the arguments of which call cannot be copied */
    Object[] of(Object[] arguments, BodyRef target, StubMethod method) {
        if (allShared(arguments)) {
            return arguments; // the array itself belongs to whoever is called
        }
        try {
            return copied(arguments);
        } catch (CodecException notCopyable) {
            throw Failures.notSent(CallName.of(target, method.signature()), arguments.length, notCopyable);
        }
    }

    /** @throws CodecException that says what of it cannot be copied */
    Object[] of(Object[] arguments, Birth birth) {
        if (allShared(arguments)) {
            return arguments; // as above
        }
        try {
            return copied(arguments);
        } catch (CodecException notCopyable) {
            throw birth.notSent(arguments.length, notCopyable);
        }
    }

    /** What cannot be copied becomes a failure that says so. @param call whose outcome it is */
    Outcome of(Outcome outcome, PendingOutcome call) {
        return switch (outcome) {
            case Outcome.Value(Object value) when isShared(value) -> watched(outcome);
            case Outcome.Value(Object value) -> watched(ofValue(value, call));
            case Outcome.Failure(Throwable cause) -> new Outcome.Failure(of(cause, call));
        };
    }

    private Outcome watched(Outcome copy) {
        if (checked.isPresent() && copy instanceof Outcome.Value(Object value)) {
            checked.get().returned(value);
        }
        return copy;
    }

    private boolean allShared(Object[] arguments) {
        for (Object argument : arguments) {
            if (!isShared(argument)) {
                return false;
            }
        }
        return true;
    }

    /** Also a stub is the same to all who hold it, unless it remembers something for its holder. */
    private boolean isShared(Object value) {
        return value != null && value.getClass().isHidden() && isPlainStub(value) || codec.isShared(value);
    }

    private boolean isPlainStub(Object value) {
        return space.proxyOf(value).orElse(null) instanceof Proxy proxy && proxy.isPlain();
    }

    private <T> T copied(T original) {
        References references = kept.get();
        if (references == null || references.isInUse()) { // a class may call while it is copied
            references = References.forCopies();
            kept.set(references);
        }
        references.begin(rules);
        try {
            return codec.copy(original, references);
        } finally {
            references.end();
        }
    }

    private Outcome ofValue(Object value, PendingOutcome call) {
        try {
            return new Outcome.Value(copied(value));
        } catch (RuntimeException | Error notCopyable) {
            return new Outcome.Failure(Failures.notPassedOn(ReplySlot.nameOf(call), notCopyable));
        }
    }

    /** What cannot be copied is replaced by a description. */
    private Throwable of(Throwable thrown, PendingOutcome call) {
        try {
            return copied(thrown);
        } catch (RuntimeException | Error notCopyable) {
            return Failures.standIn(FailureReport.of(thrown), ReplySlot.nameOf(call), notCopyable.getMessage());
        }
    }

    /** Of what has been passed on before, which can be copied as it was then. */
    Throwable ofThrown(Throwable thrown) {
        try {
            return copied(thrown);
        } catch (RuntimeException | Error notCopyable) {
            return Failures.standIn(FailureReport.of(thrown), "a call before", notCopyable.getMessage());
        }
    }

    /** A future of its own for another holder in this runtime: gets a copy of the value when it comes. */
    private PendingOutcome follow(PendingOutcome original) {
        ReplySlot follower = ReplySlot.passedOn(
                original.call(), ReplySlot.producerOf(original), ReplySlot.idOf(original), waits, this::ofThrown);
        follower.comesFrom(original);
        original.beforeKnown(outcome -> {
            Outcome copy = of(outcome, original);
            threads.run(() -> space.settle(follower, copy)); // not from here: chains may be longer than stacks
        });
        return follower;
    }
}
