/** Links between runtimes, remote objects, and the tokens with which runtimes join. */
@Export
@Version("1.9.0")
package org.actium.remote.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
