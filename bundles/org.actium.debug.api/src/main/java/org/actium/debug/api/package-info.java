/** Stopping active objects between requests, to see what happens in which order. */
@Export
@Version("1.0.0")
package org.actium.debug.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
