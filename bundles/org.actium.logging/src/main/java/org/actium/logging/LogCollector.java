package org.actium.logging;

import java.util.List;

/** What a runtime offers to those that it has started. */
interface LogCollector {

    /** Under which every runtime offers it. */
    String NAME = "org.actium.logging";

    /**
     * Shows the records here.
     *
     * @param runtime name of the one that they come from
     * @param nanos now, on the clock of the records
     * @param dropped how many went before the first of them, for want of room
     */
    void show(String runtime, long nanos, List<LogRecord> records, long dropped);
}
