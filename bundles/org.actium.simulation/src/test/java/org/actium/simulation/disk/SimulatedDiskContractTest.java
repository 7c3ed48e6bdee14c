package org.actium.simulation.disk;

import java.time.Duration;
import org.actium.simulation.engine.Limits;
import org.actium.simulation.engine.RandomStreams;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.engine.Strategy;

public class SimulatedDiskContractTest extends DiskContract {

    @Override
    protected Disk emptyDisk() {
        RandomStreams streams = new RandomStreams(1);
        Scheduler scheduler = new Scheduler(streams, Strategy.random(), Limits.DEFAULT, 0, 0);
        // one that takes no time can be used without running the simulation
        return new SimulatedDisk(
                scheduler, streams.named("disk"), "h1", new DiskConditions(1 << 20, Duration.ZERO, Duration.ZERO));
    }
}
