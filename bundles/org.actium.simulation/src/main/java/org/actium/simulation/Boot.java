package org.actium.simulation;

/** The program of a host: called on a thread of the host at the beginning of each of its lives. */
@FunctionalInterface
public interface Boot {

    /** Whatever is thrown fails the run. */
    void boot(Machine machine) throws Exception;
}
