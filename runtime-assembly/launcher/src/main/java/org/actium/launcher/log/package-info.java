/** The log of this process: SLF4J's simple logger, to which containers can listen. */
package org.actium.launcher.log;
