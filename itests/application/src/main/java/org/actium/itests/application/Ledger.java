package org.actium.itests.application;

import java.io.Serializable;

/** Takes numbers one after the other, and knows whether one is missing or out of turn. */
public class Ledger implements Serializable {

    private static final long serialVersionUID = 1;

    private int next;
    private String flaw = "";
    private Ledger copy; // null if there is none

    /** What comes from now on goes there as well, in this order. @return how many entries there are there */
    public int copyTo(Ledger other) {
        copy = other;
        return other.entries();
    }

    public void enter(int number) {
        note(number);
        if (copy != null) {
            copy.enter(number);
        }
    }

    private void note(int number) {
        if (number != next && flaw.isEmpty()) {
            flaw = number + " came where " + next + " was due";
        }
        next = number + 1;
    }

    /** As {@link #enter}. @return how many there are with this one */
    public int enterAndCount(int number) {
        note(number);
        if (copy != null && copy.enterAndCount(number) != next && flaw.isEmpty()) {
            flaw = "the copy of " + number + " is not the same";
        }
        return next;
    }

    public int entries() {
        return next;
    }

    /** The first number that was not due; empty if there is none. */
    public String flaw() {
        return flaw;
    }

    /** What a technical service may forbid. */
    public boolean burn() {
        return true;
    }
}
