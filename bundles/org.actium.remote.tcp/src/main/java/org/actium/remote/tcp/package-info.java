/** Connections over TCP sockets. */
package org.actium.remote.tcp;
