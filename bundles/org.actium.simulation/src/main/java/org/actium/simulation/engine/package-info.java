/**
 * One carrier thread, one seed: decides which virtual thread runs next and what time it is, and remembers what
 * happened. Knows nothing of hosts, networks and faults; those are built on {@code Lane}s and actions on the {@code
 * Scheduler}.
 */
@Export
@Version("1.0.0")
package org.actium.simulation.engine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
