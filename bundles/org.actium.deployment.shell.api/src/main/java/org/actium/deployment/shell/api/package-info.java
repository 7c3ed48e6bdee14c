/** What protocols that start processes share: commands through shells, jobs, and the runtime that travels. */
@Export
@Version("1.0.0")
package org.actium.deployment.shell.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
