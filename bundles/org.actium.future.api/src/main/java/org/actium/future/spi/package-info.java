/** Futures, for those who produce their values. */
@Export
@Version("1.3.0")
package org.actium.future.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
