/** The small language in which the tests are written. */
package org.actium.itests.support;
