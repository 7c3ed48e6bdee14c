/** Bringing bundles to runtimes that lack them. */
@Export
@Version("2.0.0")
package org.actium.provision.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
