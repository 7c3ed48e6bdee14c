package org.actium.itests.recovery;

/** Asks, and does not wait for the answer; nobody recovers it. */
public class Visitor {

    private Score answer;

    public void ask(Traveller traveller, Gate gate) {
        answer = traveller.through(gate);
    }

    public int answer() {
        return answer.value();
    }
}
