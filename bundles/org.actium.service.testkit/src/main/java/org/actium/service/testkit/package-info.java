/** For tests of technical services. */
@Export
@Version("1.0.0")
package org.actium.service.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
