/** Deadlocks of active objects, for those who want to hear of them. */
@Export
@Version("2.0.0")
package org.actium.deadlock.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
