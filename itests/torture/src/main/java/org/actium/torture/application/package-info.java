/** Registers and lists that are recovered, and clients that record what they see of them. */
package org.actium.torture.application;
