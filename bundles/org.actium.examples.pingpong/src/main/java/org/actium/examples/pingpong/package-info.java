/** Ping-pong between two objects, whose result depends on all that was ever played. */
package org.actium.examples.pingpong;
