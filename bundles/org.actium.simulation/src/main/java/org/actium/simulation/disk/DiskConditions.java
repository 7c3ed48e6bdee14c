package org.actium.simulation.disk;

import java.time.Duration;

/**
 * What holds for a disk unless a fault changes it.
 *
 * @param capacityBytes all files together
 * @param access how long everything but syncing takes
 * @param sync how long syncing takes
 */
public record DiskConditions(long capacityBytes, Duration access, Duration sync) {

    /** One gigabyte, reads and writes from memory, two milliseconds until something is safe. */
    public static final DiskConditions DEFAULT = new DiskConditions(1L << 30, Duration.ZERO, Duration.ofMillis(2));

    public DiskConditions capacityBytes(long newCapacityBytes) {
        return new DiskConditions(newCapacityBytes, access, sync);
    }

    public DiskConditions access(Duration newAccess) {
        return new DiskConditions(capacityBytes, newAccess, sync);
    }
}
