/** What fault tolerance tells of the objects it recovers. */
@Export
@Version("1.0.0")
package org.actium.ft.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
