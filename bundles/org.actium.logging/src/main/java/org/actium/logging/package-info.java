/** Brings what runtimes log to the one that started them. */
package org.actium.logging;
