/** The store of fault tolerance as a simulation has it: a model, on the disk of a simulated host. */
package org.actium.simulation.store;
