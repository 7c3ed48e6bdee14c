/** How commands are written, found and answered for. */
package org.actium.launcher.cli;
