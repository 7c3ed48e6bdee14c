/** The smallest application. */
package org.actium.examples.hello;
