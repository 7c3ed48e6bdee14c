/** Names and identities: runtimes, the nodes in them, and where they are reached. */
@Export
@Version("1.1.0")
package org.actium.runtime.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
