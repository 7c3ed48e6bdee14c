package org.actium.object.core;

import java.util.Optional;
import org.actium.future.spi.Outcome;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.CreationException;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.NodeRef;
import org.actium.runtime.spi.Threads;

/**
 * Creates active objects for the thread that asks, here or elsewhere; it goes on when the constructor has returned. How
 * they come to life here is up to {@link Births}.
 */
final class Creations {

    private static final int DEEPEST_NESTING = 16;

    private final ObjectSpace space;
    private final ActiumRuntime runtime;
    private final KnownClasses classes;
    private final Births births;
    private final Calls calls;
    private final Copies copies;
    private final Wire wire;
    private final Threads threads;
    private final Waits waits;
    private final Abandoned abandoned;

    Creations(
            ObjectSpace space,
            ActiumRuntime runtime,
            KnownClasses classes,
            Births births,
            Calls calls,
            Copies copies,
            Wire wire,
            Threads threads,
            Waits waits) {
        this.space = space;
        this.runtime = runtime;
        this.classes = classes;
        this.births = births;
        this.calls = calls;
        this.copies = copies;
        this.wire = wire;
        this.threads = threads;
        this.waits = waits;
        this.abandoned = new Abandoned(space, threads);
    }

    /**
     * @param where empty for the default node of this runtime
     * @return a stub
     */
    Object create(Birth birth, Object[] arguments, Optional<Node> where) {
        births.refuseWhatCannotBeActive(birth);
        classes.refuseWhatIsIncomplete(birth);
        NodeRef node = space.refOf(where.orElse(runtime.defaultNode()));
        calls.requireUnrecoverable("create others");
        calls.settle();
        return space.isHere(node.runtime())
                ? createHere(birth, node.name(), ownOf(birth, arguments))
                : stubFrom(wire.create(node, classes.spaceOf(birth.type()), birth, arguments));
    }

    private Object stubFrom(ReplySlot creation) {
        return switch (abandoned.awaitOrEnd(creation)) {
            case Outcome.Value(Object stub) -> stub;
            case Outcome.Failure(ActiveObjectException told) -> throw told;
            case Outcome.Failure(Throwable cause) -> throw new CreationException(cause.toString(), cause);
        };
    }

    /** Copies, except of what is turned active here, which itself becomes the object. */
    private Object[] ownOf(Birth birth, Object[] arguments) {
        if (!birth.turned()) {
            return copies.of(arguments, birth);
        }
        Object[] own = arguments.clone();
        for (int i = 1; i < own.length; i++) {
            own[i] = copies.of(new Object[] {own[i]}, birth)[0];
        }
        return own;
    }

    private Object createHere(Birth birth, String node, Object[] arguments) {
        return births.nesting() < DEEPEST_NESTING ? make(birth, node, arguments) : createApart(birth, node, arguments);
    }

    private Object make(Birth birth, String node, Object[] arguments) {
        return space.stubOf(space.refOf(births.create(birth, node, () -> arguments, begun -> {})));
    }

    /** On a thread of its own: constructors that create in turn may go deeper than a stack. */
    private Object createApart(Birth birth, String node, Object[] arguments) {
        ReplySlot created = new ReplySlot("creation", birth.type().getName(), Optional.empty(), waits);
        threads.run(() -> {
            try {
                created.set(new Outcome.Value(make(birth, node, arguments)));
            } catch (RuntimeException | Error failed) {
                created.set(new Outcome.Failure(failed));
            }
        });
        return stubFrom(created);
    }
}
