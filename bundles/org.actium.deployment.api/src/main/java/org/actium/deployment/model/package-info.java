/** Descriptors as data: every dialect ends in these records. */
@Export
@Version("1.5.0")
package org.actium.deployment.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
