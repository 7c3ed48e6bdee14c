/** Starts runtimes on other hosts with the rsh of the system, where that is allowed. */
package org.actium.deployment.rsh;
