/** Starts runtimes on other hosts with the ssh of the system. */
package org.actium.deployment.ssh;
