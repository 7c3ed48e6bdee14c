/** Tags that spread along what they cause. */
@Export
@Version("1.0.0")
package org.actium.tagging.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
