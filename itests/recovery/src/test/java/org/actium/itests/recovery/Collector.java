package org.actium.itests.recovery;

import java.util.ArrayList;
import java.util.List;

/** Hears what the players have come to; nobody recovers it. */
public class Collector {

    private int turns;
    private final List<Integer> collected = new ArrayList<>();

    public void reached(int number) {
        turns = Math.max(turns, number);
    }

    public int turns() {
        return turns;
    }

    public void collect(int counter) {
        collected.add(counter);
    }

    public int count() {
        return collected.size();
    }

    public int value() {
        return collected.getLast();
    }
}
