/** Finds active objects that wait for each other in a circle. {@link org.actium.deadlock.EdgeChasing} is the protocol. */
package org.actium.deadlock;
