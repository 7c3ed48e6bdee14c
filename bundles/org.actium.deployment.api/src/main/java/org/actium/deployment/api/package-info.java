/** Deployments: from a descriptor to virtual nodes, and back to nothing. */
@Export
@Version("1.7.0")
package org.actium.deployment.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
