/** What tests create on nodes. */
@Export
@Version("1.0.0")
package org.actium.itests.application;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
