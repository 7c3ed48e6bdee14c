/** What clients did and saw, as JSON lines, and judges of it. */
package org.actium.histories;
