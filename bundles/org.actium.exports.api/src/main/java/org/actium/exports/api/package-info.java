/** Objects that other runtimes call through an interface, at once and without a queue. */
@Export
@Version("1.0.0")
package org.actium.exports.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
