/** Active objects, for those who use them. */
@Export
@Version("1.1.0")
package org.actium.object.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
