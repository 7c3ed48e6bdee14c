/** Bytes to objects and back; deep copies; which classes may be read. */
@Export
@Version("1.4.0")
package org.actium.codec.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
