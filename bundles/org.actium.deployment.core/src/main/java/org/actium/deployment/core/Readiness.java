package org.actium.deployment.core;

import java.util.OptionalInt;

/**
 * When a virtual node is ready. It is when it has all the nodes it expects; or, with fewer but no less than its minimum,
 * when no more can come or its time is up. It has failed as soon as what it needs cannot come any more.
 *
 * <p>A virtual node that takes whatever comes is ready with its first node, unless it asks for a higher minimum. One that
 * waits for its time-out is not ready before, however many nodes it has by then.
 *
 * @param expected nodes it is promised
 * @param openEnded whether others may come besides
 * @param minimum nodes that will do; what it expects if absent
 * @param waitsForTimeout whether it is ready only when its time is up
 */
record Readiness(int expected, boolean openEnded, OptionalInt minimum, boolean waitsForTimeout) {

    /** One that is ready as soon as it has its nodes. */
    Readiness(int expected, boolean openEnded, OptionalInt minimum) {
        this(expected, openEnded, minimum, false);
    }

    /** What can be said of a virtual node. */
    enum Verdict {
        WAITING,
        READY,
        FAILED
    }

    /** How many nodes it cannot do without. */
    int required() {
        return minimum.orElse(openEnded ? Math.max(expected, 1) : expected);
    }

    /**
     * @param attached nodes it has
     * @param failed expected nodes that will never come
     */
    Verdict judge(int attached, int failed, boolean timeIsUp) {
        int wanted = Math.max(required(), expected);
        boolean waits = waitsForTimeout && !timeIsUp;
        if (attached >= wanted) {
            return waits ? Verdict.WAITING : Verdict.READY;
        }
        int reachable = expected - failed;
        boolean moreMayCome = !timeIsUp && (openEnded || attached < reachable);
        if (!openEnded && reachable < required()) {
            return Verdict.FAILED;
        }
        if (waits || moreMayCome) {
            return Verdict.WAITING;
        }
        return attached >= required() ? Verdict.READY : Verdict.FAILED;
    }
}
