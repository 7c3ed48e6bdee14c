package org.actium.simulation.engine;

/** How a run ended. */
public sealed interface Ending {

    /** Nothing can run and nothing is to happen any more. */
    record Quiet() implements Ending {}

    /** Virtual time is up. */
    record TimeIsUp() implements Ending {}

    /** The run was asked to stop. */
    record Stopped() implements Ending {}

    record Failed(Failure failure) implements Ending {}
}
