/** Transparent futures, for those who use them. */
@Export
@Version("1.1.0")
package org.actium.future.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
