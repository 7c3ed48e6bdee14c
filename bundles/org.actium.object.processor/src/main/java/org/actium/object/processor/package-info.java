/** Rules of active objects, applied by the compiler. */
package org.actium.object.processor;
