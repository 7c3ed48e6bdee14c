/** Connections through a third runtime. */
package org.actium.remote.relay;
