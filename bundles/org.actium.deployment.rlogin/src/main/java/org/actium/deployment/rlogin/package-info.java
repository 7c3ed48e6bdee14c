/** Starts runtimes on other hosts with the rlogin of the system, where that is allowed. */
package org.actium.deployment.rlogin;
