package org.actium.object.core;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeId;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * Many senders and the taker of an {@link Inbox}, as Lincheck calls them. Whoever is told to start the taker does so; until
 * then a taker that is asleep waits if something is queued, as its thread would not exist. When it sleeps it serves another
 * inbox, of which more was taken out, before it comes back.
 */
public class QueueUse {

    /** Few, so that it is often full. */
    static final int CAPACITY = 2;

    /** What the taker answers when there is nothing. */
    static final int NOTHING = 0;

    private static final BodyId BODY = new BodyId(new RuntimeId(1, 1), 1);

    private final Inbox inbox = new Inbox();
    private final Inbox other = new Inbox();
    private final Taker taker = new Taker();
    private volatile boolean started;
    private Request chosen;

    @Operation
    public String push(@Param(gen = IntGen.class, conf = "1:9") int number) {
        Inbox.Push pushed = push(inbox, new Request(BODY, Optional.empty(), number, "m()V", new Object[0], null));
        if (pushed == Inbox.Push.START) {
            started = true;
        }
        return pushed.name();
    }

    Inbox.Push push(Inbox to, Request request) {
        return to.push(request, CAPACITY);
    }

    @Operation(nonParallelGroup = "taker")
    public int poll() {
        if (!isTaker()) {
            return NOTHING;
        }
        Work first = inbox.taker().poll();
        inbox.taker().begin();
        return number(first);
    }

    @Operation(nonParallelGroup = "taker")
    public boolean sleep() {
        if (!isTaker()) {
            return true;
        }
        started = false; // before somebody may start it again
        boolean asleep = sleep(inbox);
        if (asleep) {
            taker.leave();
            serveTheOther();
        } else {
            started = true;
        }
        return asleep;
    }

    private void serveTheOther() {
        for (int i = 0; i <= CAPACITY; i++) {
            other.push(new Request(BODY, Optional.empty(), i, "m()V", new Object[0], null));
        }
        other.admit(taker);
        while (taker.poll() != null) {
            taker.begin();
        }
        taker.sleep();
        taker.leave();
    }

    boolean sleep(Inbox of) {
        return of.taker().sleep();
    }

    @Operation(nonParallelGroup = "taker")
    public int chooseYoungest() {
        if (!isTaker()) {
            return NOTHING;
        }
        chosen = inbox.taker().youngest(_ -> true);
        return number(chosen);
    }

    @Operation(nonParallelGroup = "taker")
    public boolean removeChosen() {
        return isTaker() && chosen != null && inbox.taker().remove(chosen);
    }

    /** As one waits that found nothing that fits: looks again until nothing has come since. */
    @Operation(nonParallelGroup = "taker")
    public boolean park() {
        if (!isTaker()) {
            return false;
        }
        do {
            if (inbox.isClosed()) {
                return false;
            }
            inbox.taker().oldest(_ -> false);
        } while (!inbox.taker().park());
        return true;
    }

    @Operation(nonParallelGroup = "taker")
    public void rise() {
        if (isTaker()) {
            inbox.taker().rise();
        }
    }

    /** @return the numbers of those that were left */
    @Operation(nonParallelGroup = "taker")
    public String close() {
        StringBuilder left = new StringBuilder();
        if (isTaker()) {
            chosen = null;
            for (Work work = inbox.taker().close(); work != null; work = work.next) {
                left.append(number(work));
            }
        }
        return left.toString();
    }

    private static int number(Work work) {
        return work == null ? NOTHING : (int) ((Request) work).sequence();
    }

    /** Whether there is a taker; if one is about to be started, when it is. */
    private boolean isTaker() {
        while (!started) {
            if (inbox.size() == 0) {
                return false;
            }
        }
        if (!inbox.hasTaker()) {
            inbox.admit(taker);
        }
        return true;
    }
}
