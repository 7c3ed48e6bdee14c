/**
 * Runs of several hosts in one JVM: scenarios, faults, oracles and what came of it. Start at {@code Simulation}.
 */
@Export
@Version("1.0.0")
package org.actium.simulation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
