package org.actium.itests.recovery;

import java.io.Serializable;

/**
 * One of two who play ping-pong: when it is its turn it plays its counter to the other one four times, adds what comes
 * back, and hands over. What comes back depends on all that was played before, so that nothing may be lost, doubled or
 * exchanged.
 */
public class Player implements Serializable {

    private static final long serialVersionUID = 1;

    /** So often others hear how far it is. */
    private static final int ROUND = 50;

    private int counter = 1;
    private int turns;
    private Player other;
    private Collector collector;

    public void meet(Player opponent, Collector umpire) {
        other = opponent;
        collector = umpire;
    }

    /** Adds what the other one plays. @return the sum */
    public Score play(int number) {
        counter += number;
        return new Score(counter);
    }

    /** One-way; says so behind all that it has said before. */
    public void report(Collector umpire, int number) {
        umpire.reached(number);
    }

    /** One-way. @param last its number of turns */
    public void turn(int last) {
        Score first = other.play(counter);
        Score second = other.play(counter);
        Score third = other.play(counter);
        Score fourth = other.play(counter);
        counter += first.value() + second.value() + third.value() + fourth.value();
        turns++;
        if (turns == last) {
            collector.collect(counter);
            return;
        }
        if (turns % ROUND == 0) {
            collector.reached(turns);
        }
        other.turn(last);
    }
}
