/** Gravitation of N planets, each an active object. */
package org.actium.examples.nbody;
