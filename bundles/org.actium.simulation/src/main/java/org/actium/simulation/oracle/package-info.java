/** What must be true of every run, whatever fails in it: each oracle is told what happens and says when it must not. */
@Export
@Version("1.0.0")
package org.actium.simulation.oracle;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
