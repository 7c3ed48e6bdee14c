package org.actium.examples.pingpong;

import org.actium.object.api.ActiveContext;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.RunActive;
import org.actium.object.api.Service;

/** An active object beside {@code main}, which nobody recovers: hears of the game, and of its end. */
public class Umpire implements RunActive {

    private static final RequestFilter NOT_YET = RequestFilter.named("collected");

    private Integer collected;
    private int reached;

    /** Until the game is over, whoever asks for what was collected waits. */
    @Override
    public void runActivity(ActiveContext context) {
        Service service = context.service();
        while (collected == null) {
            service.blockingServeOldest(NOT_YET.negate());
        }
        service.fifoServing();
    }

    /** A player has had so many turns. */
    public void reached(int turns) {
        if (turns > reached) {
            reached = turns;
            System.out.println("turn " + turns);
        }
    }

    /** The last turn was played. */
    public void over(int counter) {
        collected = counter;
    }

    public int collected() {
        return collected;
    }
}
