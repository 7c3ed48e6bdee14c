/** Files of simulated hosts: what a file system promises when power may fail at any time, and no more. */
@Export
@Version("1.0.0")
package org.actium.simulation.disk;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
