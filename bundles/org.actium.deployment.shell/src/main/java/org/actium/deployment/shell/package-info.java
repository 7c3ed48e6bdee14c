/** Starts runtimes on other hosts, through the remote shells that are installed. */
package org.actium.deployment.shell;
