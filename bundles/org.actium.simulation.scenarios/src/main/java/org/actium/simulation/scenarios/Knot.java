package org.actium.simulation.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.actium.deadlock.api.DeadlockException;
import org.actium.object.api.ActiveContext;
import org.actium.simulation.Machine;

/** Waits for others like it, so that they may wait in a circle. */
public class Knot {

    public long answer() {
        return 1;
    }

    /** Takes some time. */
    public Receipt rest(Duration time) {
        Machine.current().sleep(time);
        return new Receipt("rested");
    }

    /** Waits for the next one without limit. */
    public void tie(Knot next, Duration before) {
        Machine.current().sleep(before);
        try {
            next.answer();
            Machine.current().sometimes("wait ended");
        } catch (DeadlockException chosen) {
            Machine.current().sometimes("wait broken");
        } catch (CancellationException interrupted) {
            Machine.current().sometimes("wait interrupted");
        }
    }

    /** Waits for the next one for so long. */
    public void tieFor(Knot next, Duration limit) {
        Receipt rested = next.rest(Duration.ZERO);
        try {
            ActiveContext.current().futures().waitFor(rested, limit);
            Machine.current().sometimes("wait ended");
        } catch (TimeoutException over) {
            Machine.current().sometimes("wait given up");
        }
    }

    /** Waits for the next one or for another one, who rests for some time. */
    public void tieToAny(Knot next, Knot other, Duration time) {
        List<Receipt> any = List.of(next.rest(Duration.ZERO), other.rest(time));
        ActiveContext.current().futures().waitForAny(any);
        Machine.current().sometimes("wait ended");
    }

    /** Waits for each in turn, who then waits for the next: never all at once, though each of them somewhen. */
    public void turn(List<Knot> others, Duration time) {
        if (others.isEmpty()) {
            return;
        }
        Knot next = others.getFirst();
        Receipt rested = next.rest(time);
        next.turn(new ArrayList<>(others.subList(1, others.size())), time);
        rested.text();
        Machine.current().sometimes("wait ended");
    }
}
