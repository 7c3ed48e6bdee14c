/** Elements of descriptors and the technologies behind them, for those who add one. */
@Export
@Version("1.5.0")
package org.actium.deployment.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
