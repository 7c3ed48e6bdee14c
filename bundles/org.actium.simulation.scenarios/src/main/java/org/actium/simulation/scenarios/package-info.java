/** What whole runtimes must keep under random schedules and faults. Start at {@code Scenarios}. */
package org.actium.simulation.scenarios;
