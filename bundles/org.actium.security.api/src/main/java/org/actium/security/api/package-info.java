/** How a runtime proves on a connection that it belongs to a domain, and how it comes to belong to one. */
@Export
@Version("1.1.0")
package org.actium.security.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
