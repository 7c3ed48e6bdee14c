/** What an application sees of Actium. */
@Export
@Version("1.1.0")
package org.actium.application.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
