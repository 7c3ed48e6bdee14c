package org.actium.object.core;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.runtime.api.RuntimeId;

/**
 * What has to happen before a wait ends. Looked for only when somebody asks, in what is kept of calls anyway; the order
 * matters: what has been taken from there is about to be known.
 */
final class Needs {

    /** As the name of a method: what an object that is being made has to answer. */
    private static final String CONSTRUCTOR = "<init>()V";

    private final ObjectSpace space;
    private final Awaited awaited;
    private final Forwards forwards;
    private final RemoteBirths births;

    Needs(ObjectSpace space, Awaited awaited, Forwards forwards, RemoteBirths births) {
        this.space = space;
        this.awaited = awaited;
        this.forwards = forwards;
        this.births = births;
    }

    Need of(PendingOutcome outcome) {
        Set<PendingOutcome> met = new HashSet<>();
        PendingOutcome source = outcome;
        while (source instanceof ReplySlot slot && slot.isPending() && met.add(slot)) {
            Optional<PendingOutcome> original = slot.original();
            if (original.isEmpty()) {
                return awaited.need(slot).orElseGet(() -> ofCallHere(slot));
            }
            source = original.get();
        }
        return Need.NONE;
    }

    /** Of an outcome that is not awaited from elsewhere: it comes from an object of this runtime, or is being read. */
    private Need ofCallHere(ReplySlot slot) {
        return slot.callee()
                .filter(callee -> space.body(callee).isPresent() && slot.isPending() && !slot.isLeftToOthers())
                .<Need>map(callee -> new Need.Reply(callee, space.self(), slot.signature(), 0))
                .orElse(Need.NONE);
    }

    /** Of room in the queue of an object of this runtime. */
    Need ofRoomFor(Request request) {
        return request.sender()
                .<Need>map(sender -> new Need.Room(request.target(), space.self(), sender, request.sequence()))
                .orElse(Need.NONE);
    }

    /** Of an object of this runtime whose constructor runs, on the thread of service it has meanwhile. */
    Need ofConstructor(BodyId made) {
        return new Need.Reply(made, space.self(), CONSTRUCTOR, 0);
    }

    /** Of a future that was passed on to that runtime, or, with a negative number, of an object that it creates here. */
    Need of(RuntimeId holder, long future) {
        if (future < 0) {
            return births.underway(holder, -future).map(this::ofConstructor).orElse(Need.NONE);
        }
        return forwards.future(holder, future).map(this::of).orElse(Need.NONE);
    }
}
