/** The protocol of one recovery domain, without I/O: what comes in, what is to be done about it. */
package org.actium.ft.core.protocol;
