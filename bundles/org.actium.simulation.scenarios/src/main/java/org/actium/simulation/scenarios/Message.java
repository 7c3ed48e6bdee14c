package org.actium.simulation.scenarios;

import java.io.Serializable;

/**
 * The argument of a call that oracles follow.
 *
 * @param name who sent it to whom, and how many he had sent before
 * @param sum of the content, as its sender knew it
 * @param hops how many more calls serving it may cause, one after the other
 * @param seed what serving it draws from
 */
public record Message(String name, Content content, long sum, int hops, long seed) implements Serializable {}
