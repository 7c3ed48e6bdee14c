/** What carries the bytes of a link: sockets in production, a model in a simulation. */
@Export
@Version("2.5.0")
package org.actium.remote.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
