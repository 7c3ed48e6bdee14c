package org.actium.object.core;

import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.CallRefusedException;
import org.actium.runtime.spi.Threads;

/** Copies of arguments and outcomes for calls that stay in this runtime, where nothing may be shared that can change. */
final class Copies {

    private final ObjectSpace space;
    private final Codec codec;
    private final Threads threads;
    private final Waits waits;

    Copies(ObjectSpace space, Codec codec, Threads threads, Waits waits) {
        this.space = space;
        this.codec = codec;
        this.threads = threads;
        this.waits = waits;
    }

    /** @throws CodecException that says which argument of what cannot be copied */
    Object[] of(Object[] arguments, Object what) {
        if (allShared(arguments)) {
            return arguments; // the array itself belongs to whoever is called
        }
        try {
            return codec.copy(arguments, References.copying(space, this));
        } catch (CodecException notCopyable) {
            throw new CodecException("argument of " + what + ": " + notCopyable.getMessage(), notCopyable);
        }
    }

    /** What cannot be copied becomes a failure that says so. */
    Outcome of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Value(Object value) when isShared(value) -> outcome;
            case Outcome.Value(Object value) -> ofValue(value);
            case Outcome.Failure(Throwable cause) -> new Outcome.Failure(of(cause));
        };
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
        return codec.isShared(value)
                || value.getClass().isHidden()
                        && space.proxyOf(value).map(Proxy::isPlain).orElse(false);
    }

    private Outcome ofValue(Object value) {
        try {
            return new Outcome.Value(codec.copy(value, References.copying(space, this)));
        } catch (RuntimeException | Error notCopyable) {
            return new Outcome.Failure(new CallRefusedException(
                    "the result cannot be passed on: " + notCopyable.getMessage(), notCopyable));
        }
    }

    /** What cannot be copied is replaced by a description. */
    Throwable of(Throwable thrown) {
        try {
            return codec.copy(thrown, References.copying(space, this));
        } catch (RuntimeException | Error notCopyable) {
            return Failures.standIn(thrown, notCopyable.getMessage());
        }
    }

    /** A future of its own for another holder in this runtime: gets a copy of the value when it comes. */
    PendingOutcome follow(PendingOutcome original) {
        ReplySlot follower = ReplySlot.passedOn(original.call(), ReplySlot.producerOf(original), waits, this::of);
        follower.comesFrom(original);
        original.beforeKnown(outcome -> {
            Outcome copy = of(outcome);
            threads.run(() -> space.settle(follower, copy)); // not from here: chains may be longer than stacks
        });
        return follower;
    }
}
