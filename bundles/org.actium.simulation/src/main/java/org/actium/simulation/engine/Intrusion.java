package org.actium.simulation.engine;

import java.util.List;

/**
 * A foreign thread woke one of ours.
 *
 * @param stack of the foreign thread when it did
 */
record Intrusion(SimulatedThread woken, Thread foreign, List<StackTraceElement> stack) {}
