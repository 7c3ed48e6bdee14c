/** Tortures an application of recoverable objects, and judges what its clients saw: {@code actium torture}. */
package org.actium.torture;
