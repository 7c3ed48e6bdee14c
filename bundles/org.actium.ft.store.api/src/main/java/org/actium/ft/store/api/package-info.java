/** Where fault tolerance keeps what has to survive the hosts: checkpoints, logs, incarnations, leases. */
@Export
@Version("2.1.0")
package org.actium.ft.store.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
