/** Lets other runtimes call objects through an interface. */
package org.actium.exports;
