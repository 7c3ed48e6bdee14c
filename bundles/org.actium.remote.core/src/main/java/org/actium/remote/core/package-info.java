/** Handshake, links by runtime, remote objects. */
package org.actium.remote.core;
