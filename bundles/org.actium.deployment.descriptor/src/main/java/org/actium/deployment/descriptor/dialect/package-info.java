/** The languages of old, each a table of what it calls the elements of ours. Add a spelling there and nowhere else. */
package org.actium.deployment.descriptor.dialect;
