/** Names under which active objects are found from elsewhere. */
@Export
@Version("1.1.0")
package org.actium.naming.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
