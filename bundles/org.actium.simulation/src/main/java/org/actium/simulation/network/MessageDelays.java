package org.actium.simulation.network;

/** Which frames take as long as chance has it; the others take what is usual. */
@FunctionalInterface
public interface MessageDelays {

    MessageDelays ALL = message -> true;

    boolean applyTo(MessageId message);
}
