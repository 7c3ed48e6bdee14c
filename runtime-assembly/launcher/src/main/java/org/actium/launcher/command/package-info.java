/** The commands, one class each. */
package org.actium.launcher.command;
