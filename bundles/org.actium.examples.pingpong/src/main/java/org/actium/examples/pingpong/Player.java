package org.actium.examples.pingpong;

import java.io.Serializable;

/**
 * An active object, one of two. When it is its turn it plays its counter to the other one four times, adds what comes back,
 * and hands over. What comes back depends on all that was played before: nothing may be lost, doubled or exchanged.
 *
 * <p>Serializable, so that it can be recovered.
 */
public class Player implements Serializable {

    private static final long serialVersionUID = 1;

    private int counter = 1;
    private int turns;
    private Player other;
    private Umpire umpire;
    private int reportEvery;

    public void meet(Player opponent, Umpire watching, int reportAfter) {
        other = opponent;
        umpire = watching;
        reportEvery = reportAfter;
    }

    /** Adds what the other one plays. @return the sum */
    public Score play(int number) {
        counter += number;
        return new Score(counter);
    }

    /** One-way. @param last how many turns it has in all */
    public void turn(int last) {
        Score first = other.play(counter);
        Score second = other.play(counter);
        Score third = other.play(counter);
        Score fourth = other.play(counter);
        counter += first.value() + second.value() + third.value() + fourth.value();
        turns++;
        if (turns == last) {
            umpire.over(counter);
            return;
        }
        if (turns % reportEvery == 0) {
            umpire.reached(turns);
        }
        other.turn(last);
    }
}
