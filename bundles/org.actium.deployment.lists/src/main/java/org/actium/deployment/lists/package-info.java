/** Reads the lists of hosts and the gateways that are for any remote shell. */
package org.actium.deployment.lists;
