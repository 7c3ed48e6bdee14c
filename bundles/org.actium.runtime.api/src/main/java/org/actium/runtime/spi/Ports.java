package org.actium.runtime.spi;

import java.util.random.RandomGenerator;

/**
 * What every part of a runtime gets from outside.
 *
 * @param random unpredictable in production, so that it also serves for secrets; seeded in a simulation
 */
public record Ports(Time time, Threads threads, RandomGenerator random) {}
