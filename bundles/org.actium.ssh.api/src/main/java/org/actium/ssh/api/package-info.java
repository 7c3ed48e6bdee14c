/** Sessions with ssh servers, made in this JVM and not by a program. */
@Export
@Version("1.0.0")
package org.actium.ssh.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
