package org.actium.simulation.scenarios;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What a caller is to do.
 *
 * @param lasting about how long it takes with all the rests between the calls; zero: without rests
 */
public record Errand(List<Peer> peers, int calls, Duration lasting, boolean faulty, long seed)
        implements Serializable {}
