package org.actium.simulation;

import java.util.Locale;

/** What can go wrong; budgets and statistics count by it. */
public enum FaultKind {
    KILL,
    RESTART,
    PAUSE,
    RESUME,
    PARTITION,
    HEAL,
    RESET,
    HALF_OPEN,
    SLOW_LINK,
    DISK_STALL,
    DISK_FAILURE,
    DISK_FULL,
    CLOCK_JUMP;

    /** As people read it. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
