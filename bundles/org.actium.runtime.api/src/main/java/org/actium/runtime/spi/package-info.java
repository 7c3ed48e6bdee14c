/** Ports: the only way to clock, timers, threads and nodes elsewhere; a simulator offers its own. */
@Export
@Version("1.0.0")
package org.actium.runtime.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
