/** Whole Actium runtimes on simulated hosts: the code that runs in production, on seeded threads, time and network. */
package org.actium.simulation.grid;
