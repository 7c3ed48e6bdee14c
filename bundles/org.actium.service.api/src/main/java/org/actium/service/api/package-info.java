/** Technical services: what a deployment attaches to its nodes. */
@Export
@Version("1.5.0")
package org.actium.service.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
