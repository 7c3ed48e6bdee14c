/** Active objects, for those who extend them: interceptors, stubs, delivery. */
@Export
@Version("1.10.0")
package org.actium.object.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
