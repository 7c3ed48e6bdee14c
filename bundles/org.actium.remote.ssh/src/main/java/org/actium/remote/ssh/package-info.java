/** Connections through ssh servers. */
package org.actium.remote.ssh;
