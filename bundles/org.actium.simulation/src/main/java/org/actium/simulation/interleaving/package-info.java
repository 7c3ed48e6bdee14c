/**
 * Lets threads of a simulation give way between two accesses to what they share, and not only where they park, yield or
 * call a port: a class loader weaves a {@code SchedulePoint} before each such access, and production code stays as it
 * is.
 */
@Export
@Version("1.0.0")
package org.actium.simulation.interleaving;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
