package org.actium.simulation;

/**
 * What became of a fault.
 *
 * @param hits how much it touched: frames held by a partition, connections reset, accesses to a disk that failed; 1
 *     for a host that was killed. 0: it changed nothing, and the run says nothing about it
 */
public record FaultRecord(PlannedFault planned, long hits) {

    public boolean hasHit() {
        return hits > 0;
    }

    public String text() {
        return planned.text() + (hasHit() ? ": hit" : ": did not hit");
    }
}
