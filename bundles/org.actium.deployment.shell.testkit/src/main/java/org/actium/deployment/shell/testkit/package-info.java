/** What each remote shell must do, as tests for its bundle. */
package org.actium.deployment.shell.testkit;
