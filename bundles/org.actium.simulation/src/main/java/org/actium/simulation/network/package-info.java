/**
 * Connections between simulated hosts: what TCP promises and no more. Frames of one connection arrive in order or the
 * connection breaks; connections are late, slow, cut, half-open and gone independently of each other.
 */
@Export
@Version("1.0.0")
package org.actium.simulation.network;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
