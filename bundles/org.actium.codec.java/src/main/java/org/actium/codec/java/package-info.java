/** The codec with the semantics of Java serialization. */
package org.actium.codec.java;
