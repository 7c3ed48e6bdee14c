/** Gogo commands, and the socket behind {@code actium console}. */
package org.actium.console;
