package org.actium.simulation;

/**
 * Says what a run consists of: hosts and their programs, faults, oracles, how much has to happen. Called anew for
 * each run; whatever it needs for one run it makes there.
 */
@FunctionalInterface
public interface Scenario {

    void describe(Simulation simulation);
}
