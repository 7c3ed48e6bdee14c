package org.actium.simulation;

import java.util.Objects;

/** Why a run that has not failed proves nothing all the same. */
public sealed interface Shortfall {

    String text();

    /** A fault that the scenario itself has planned did not hit. */
    record FaultMissed(PlannedFault fault) implements Shortfall {
        public FaultMissed {
            Objects.requireNonNull(fault, "fault");
        }

        @Override
        public String text() {
            return "'" + fault.text() + "' did not hit";
        }
    }

    /** Of the faults drawn at random, so many, none hit: bad luck, if it is rare. */
    record AllDrawnFaultsMissed(int drawn) implements Shortfall {
        @Override
        public String text() {
            return "none of " + drawn + " random faults hit";
        }
    }

    /** Hardly any work was done. */
    record TooLittleDone(String what, long times, long atLeast) implements Shortfall {
        public TooLittleDone {
            Objects.requireNonNull(what, "what");
        }

        @Override
        public String text() {
            return "'" + what + "' happened " + times + " times, expected at least " + atLeast;
        }
    }
}
