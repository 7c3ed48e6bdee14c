package org.actium.simulation.scenarios;

import java.io.Serializable;

/**
 * A worker as others know it.
 *
 * @param rank workers wait only for those of a higher rank, so that they never wait for each other in a circle
 */
public record Peer(String name, int rank, Worker worker) implements Serializable {}
