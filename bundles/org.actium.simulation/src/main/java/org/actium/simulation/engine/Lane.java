package org.actium.simulation.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What runs, stands still and dies together: the threads and timers of one life of one host. A host that restarts
 * gets a new lane.
 */
public final class Lane {

    private enum State {
        RUNNING,
        PAUSED,
        DEAD
    }

    private final String name;
    private final List<Runnable> held = new ArrayList<>();
    private State state = State.RUNNING;
    private UnaryOperator<Runnable> context = task -> task;
    private long threads;
    private long heldCount;

    Lane(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean isPaused() {
        return state == State.PAUSED;
    }

    public boolean isDead() {
        return state == State.DEAD;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Every task of a thread that is started from now on is run inside of this. */
    public void surround(UnaryOperator<Runnable> newContext) {
        context = newContext;
    }

    Runnable inContext(Runnable task) {
        return context.apply(task);
    }

    /** A name for a thread that got none. */
    String nextName() {
        return "~" + ++threads;
    }

    /** Keeps for the end of the pause what was about to happen, or forgets it if the lane is dead. */
    void hold(Runnable action) {
        if (state == State.PAUSED) {
            heldCount++;
            held.add(action);
        }
    }

    /** How much was kept for the end of a pause so far. */
    public long heldCount() {
        return heldCount;
    }

    void pause() {
        if (state == State.RUNNING) {
            state = State.PAUSED;
        }
    }

    /** Does in order what was held. */
    void resume() {
        if (state == State.PAUSED) {
            state = State.RUNNING;
            List<Runnable> due = List.copyOf(held);
            held.clear();
            due.forEach(Runnable::run);
        }
    }

    void kill() {
        state = State.DEAD;
        held.clear();
    }

    @Override
    public String toString() {
        return name;
    }
}
